import EmbeddedServers
import TestServers
import Testing

@Suite struct ExecutableTests {
    @Test func namesThePackageOfAMissingProgram() throws {
        let directory = try TestServers.freshDirectory()
        let error = #expect(throws: EmbeddedServersError.self) {
            try Executable.find(
                ["redis-server"],
                package: "redis-server",
                searchPath: directory,
                otherDirectories: []
            )
        }
        #expect(error?.code == .missingBinary)
        #expect(error?.message.contains("apt-get install redis-server") == true)
    }

    @Test func findsAProgramOutsideThePath() throws {
        let directories = ["/nowhere", "/bin"]
        let path = try Executable.find(["sh"], package: "dash", searchPath: nil, otherDirectories: directories)
        #expect(path == "/bin/sh")
    }
}
