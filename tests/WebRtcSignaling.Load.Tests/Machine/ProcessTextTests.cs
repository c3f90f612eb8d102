using WebRtcSignaling.Load.Machine;

namespace WebRtcSignaling.Load.Tests.Machine;

public sealed class ProcessTextTests
{
    [TestCase("dotnet")]
    [TestCase("a (b) c 1 2 3")]
    [TestCase(")")]
    public void The_cpu_time_is_the_users_and_the_systems_whatever_the_name(string name)
    {
        string stat = $"4242 ({name}) S 1 4242 4242 0 -1 4194304 103 0 7 0 1234 66 5 5 20 0 12 0 1503297 3133440 378 184467440737095\n";
        Assert.That(ProcessText.ParseCpuTime(stat), Is.EqualTo(TimeSpan.FromSeconds(13)));
    }

    [TestCase("")]
    [TestCase("4242 (dotnet) S 1 4242")]
    [TestCase("4242 dotnet S 1 4242 4242 0 -1 4194304 103 0 7 0 1234 66 5 5 20 0")]
    [TestCase("4242 (dotnet) S 1 4242 4242 0 -1 4194304 103 0 7 0 x 66 5 5 20 0")]
    public void What_tells_no_cpu_time_is_refused(string stat) => Assert.That(() => ProcessText.ParseCpuTime(stat), Throws.InstanceOf<FormatException>());

    [Test]
    public void The_resident_memory_is_told_in_bytes() =>
        Assert.That(ProcessText.ParseResidentBytes("Name:\tdotnet\nVmHWM:\t  999 kB\nVmRSS:\t   1500 kB\nRssAnon:\t 7 kB\n"), Is.EqualTo(1_536_000));

    [TestCase("")]
    [TestCase("Name:\tVmRSS: 5 kB\n")]
    [TestCase("VmRSS:\t5 MB\n")]
    public void What_tells_no_memory_is_refused(string status) => Assert.That(() => ProcessText.ParseResidentBytes(status), Throws.InstanceOf<FormatException>());

    [Test]
    public void The_threads_are_counted() => Assert.That(ProcessText.ParseThreads("Name:\tdotnet\nVmRSS:\t 1 kB\nThreads:\t17\n"), Is.EqualTo(17));

    [TestCase("")]
    [TestCase("Threads:\tmany\n")]
    public void What_tells_no_threads_is_refused(string status) => Assert.That(() => ProcessText.ParseThreads(status), Throws.InstanceOf<FormatException>());

    [Test, Platform("Linux")]
    public void This_process_can_be_read()
    {
        Assert.Multiple(() =>
        {
            Assert.That(WatchedProcess.Own.CpuTime, Is.GreaterThan(TimeSpan.Zero).And.LessThan(TimeSpan.FromDays(1)));
            Assert.That(WatchedProcess.Own.CoreBusyTime, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(WatchedProcess.Own.Threads, Is.InRange(2, 10_000));
            Assert.That(WatchedProcess.Own.Handles, Is.InRange(3, 100_000));
            Assert.That(WatchedProcess.Own.ResidentBytes, Is.InRange(1_000_000, 1_000_000_000_000));
        });
    }

    [Test]
    public void A_process_that_is_gone_is_said_to_be_gone() =>
        Assert.That(() => new WatchedProcess(int.MaxValue, core: 0).CpuTime, Throws.InstanceOf<LoadException>());
}
