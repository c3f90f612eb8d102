using System.Text;

namespace WebRtcSignaling.Testing;

/// <summary>The frames that a well-behaved client sends: masked, lengths in their shortest form. For every other kind see <see cref="RawFrame"/>.</summary>
public static class ClientFrames
{
    public static byte[] Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public static byte[] Text(byte[] utf8, bool fin = true) => Frame(RawFrame.Text, utf8, fin);

    public static byte[] Binary(byte[] payload, bool fin = true) => Frame(RawFrame.Binary, payload, fin);

    public static byte[] Continuation(byte[] payload, bool fin) => Frame(RawFrame.Continuation, payload, fin);

    public static byte[] Ping(params byte[] payload) => Frame(RawFrame.Ping, payload);

    public static byte[] Pong(params byte[] payload) => Frame(RawFrame.Pong, payload);

    /// <summary>A Close frame with an empty body.</summary>
    public static byte[] Close() => Frame(RawFrame.Close, []);

    public static byte[] Close(int code, string reason = "") => Close(code, Encoding.UTF8.GetBytes(reason));

    public static byte[] Close(int code, byte[] reason) => Frame(RawFrame.Close, [(byte)(code >> 8), (byte)code, .. reason]);

    /// <summary>One text message in as many frames as there are parts.</summary>
    public static byte[] FragmentedText(params byte[][] parts) => Fragmented(RawFrame.Text, parts);

    /// <summary>One binary message in as many frames as there are parts.</summary>
    public static byte[] FragmentedBinary(params byte[][] parts) => Fragmented(RawFrame.Binary, parts);

    private static byte[] Fragmented(int opcode, byte[][] parts) =>
        [.. parts.SelectMany((part, i) => Frame(i == 0 ? opcode : RawFrame.Continuation, part, fin: i == parts.Length - 1))];

    private static byte[] Frame(int opcode, byte[] payload, bool fin = true) =>
        new RawFrame { Opcode = opcode, Payload = payload, Fin = fin }.ToBytes();
}
