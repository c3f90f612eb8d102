using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>How calls begin, go on and end, in the model's words.</summary>
internal static class ModelCallRules
{
    public static string? Start(Model model, ModelRoom room, ModelSession by, string target, Step step)
    {
        if (target == by.Id || room.Find(target) is not { } called)
        {
            return SignalingErrorCode.TargetNotFound;
        }

        if (CallsOf(room, by) >= World.MaxCalls)
        {
            return SignalingErrorCode.LimitExceeded;
        }

        if (CallsOf(room, called.Session) >= World.MaxCalls)
        {
            return SignalingErrorCode.TargetBusy;
        }

        TellStarted(room, model.NewCall(room, by, called.Session, serverLed: false), HeardText.Of(step.Data()));
        return null;
    }

    public static void TellStarted(ModelRoom room, ModelCall call, string data)
    {
        string phase = call.ServerLed ? "Accepted" : "Ringing";
        room.Tell(call.Offerer, $"call-started #{call.Number} {call.Answerer.Id} Offer {phase} ");
        room.Tell(call.Answerer, $"call-started #{call.Number} {call.Offerer.Id} Answer {phase} {data}");
    }

    public static string? Do(Model model, ModelSession by, Step step)
    {
        bool isAsked = step.Kind is StepKind.Accept or StepKind.CallSignal;
        if (by.Ended)
        {
            return isAsked ? SignalingErrorCode.SessionClosed : SignalingErrorCode.CallNotFound;
        }

        if (step.Kind == StepKind.CallSignal && step.Data().Length > World.MaxPayloadBytes)
        {
            return SignalingErrorCode.LimitExceeded;
        }

        int number = step.Call(model.Calls);
        ModelRoom? room = by.Rooms.Find(room => room.Calls.Exists(call => call.Number == number && call.Has(by)));
        if (room?.Calls.Find(call => call.Number == number) is not { } call)
        {
            return SignalingErrorCode.CallNotFound;
        }

        switch (step.Kind)
        {
            case StepKind.HangUp:
                room.EndCall(call, CallEndReason.Hangup, by.Id);
                return null;
            case StepKind.CallSignal:
                return Signal(room, call, by, step);
            case var _ when call.RingsUntil is null || call.Answerer != by:
                return SignalingErrorCode.CallNotReady;
            case StepKind.Accept:
                call.RingsUntil = null;
                room.Tell(call.Offerer, $"call-accepted #{number}");
                return null;
            default:
                room.EndCall(call, step.OneIn(2) ? CallEndReason.Busy : CallEndReason.Rejected, by.Id);
                return null;
        }
    }

    private static string? Signal(ModelRoom room, ModelCall call, ModelSession by, Step step)
    {
        bool wrongPart = (step.Signal() == SignalKind.Offer && call.Offerer != by) || (step.Signal() == SignalKind.Answer && call.Answerer != by);
        if (wrongPart || call.RingsUntil is not null)
        {
            return SignalingErrorCode.CallNotReady;
        }

        room.Tell(
            call.Offerer == by ? call.Answerer : call.Offerer,
            $"signal {by.Id} {step.Signal()} #{call.Number} {HeardText.Of(step.Data())}");
        return null;
    }

    private static int CallsOf(ModelRoom room, ModelSession session) => room.Calls.Count(call => !call.ServerLed && call.Has(session));
}
