import Glibc
import PrometheusExposition
import Testing

@Suite struct ProcessReaderTests {
    @Test func readsThisProcess() {
        let readings = ProcessReader().readings()
        let values = Dictionary(readings.map { ($0.name, $0.value) }) { first, _ in first }
        #expect((values["process_cpu_seconds_total"] ?? -1) >= 0)
        #expect((values["process_resident_memory_bytes"] ?? 0) > 1_000_000)
        #expect((values["process_open_fds"] ?? 0) >= 3)
        #expect((values["process_threads"] ?? 0) >= 1)
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let started = values["process_start_time_seconds"] ?? 0
        #expect(started > 1_500_000_000 && started <= Double(now.tv_sec) + 1)
    }

    @Test func countsOpenDescriptorsExactly() throws {
        let before = try #require(openDescriptors())
        var opened: [Int32] = []
        for _ in 0..<50 { opened.append(open("/dev/null", O_RDONLY | O_CLOEXEC)) }
        let during = try #require(openDescriptors())
        for descriptor in opened { close(descriptor) }
        // Other tests of this process open and close some of their own meanwhile.
        #expect(abs(during - before - 50) < 20)
    }

    @Test func whatCannotBeReadIsAbsent() {
        let names = Set(ProcessReader(root: "/nonexistent").readings().map(\.name))
        #expect(names.isSubset(of: ["process_max_fds"]))
    }

    @Test func readsTheFieldsByNumberWhateverTheCommandIsCalled() throws {
        let root = try Folder()
        try root.write("self/stat", "77 (a) b ( c) S 1 2 3 4 5 6 7 8 9 10 150 50 13 14 15 16 6 0 1000 8192 3 0 0\n")
        try root.write("stat", "cpu 1 2 3\nintr 5\nbtime 1700000000\nprocesses 9\n")
        let values = Dictionary(
            uniqueKeysWithValues: ProcessReader(root: root.path).readings().map { ($0.name, $0.value) }
        )
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        #expect(values["process_cpu_seconds_total"] == 200 / ticks)
        #expect(values["process_threads"] == 6)
        #expect(values["process_start_time_seconds"] == 1_700_000_000 + 1_000 / ticks)
        #expect(values["process_virtual_memory_bytes"] == 8_192)
        #expect(values["process_resident_memory_bytes"] == 3 * Double(sysconf(Int32(_SC_PAGESIZE))))
        #expect(values["process_open_fds"] == nil)
    }

    @Test(arguments: ["", "77", "77 (a) S 1 2", "77 (a) S 1 2 3 4 5 6 7 8 9 10 x 50 13 14 15 16 6 0 1000 8192 3"])
    func aLineOfAnotherFormIsAbsent(line: String) throws {
        let root = try Folder()
        try root.write("self/stat", line)
        #expect(!ProcessReader(root: root.path).readings().map(\.name).contains("process_threads"))
    }

    private func openDescriptors() -> Int? {
        ProcessReader().readings().first { $0.name == "process_open_fds" }.map { Int($0.value) }
    }
}
