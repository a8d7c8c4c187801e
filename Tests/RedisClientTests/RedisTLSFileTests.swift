import EmbeddedServers
import RedisClient
import TestServers
import Testing

/// The files a `rediss://` URL names: read at once, and refused by the parameter's name.
@Suite struct RedisTLSFileTests {
    private func error(_ options: String) -> RedisClientError? {
        let error = #expect(throws: RedisClientError.self) {
            try RedisEndpoint(url: "rediss://someone:hunter2@localhost:6379/1?" + options)
        }
        #expect(error?.code == .invalidURL)
        #expect(error?.message.contains("hunter2") == false)
        return error
    }

    @Test func goodFiles() async throws {
        let authority = try await TestCertificates.authority()
        let pair = try await authority.client()
        let encoded = authority.authorityFile.replacing("/", with: "%2F")
        let endpoint = try RedisEndpoint(
            url: "rediss://u:p@h/3?ca=\(encoded)&cert=\(pair.certificateFile)&key=\(pair.keyFile)")
        #expect(endpoint.tls?.certificateAuthorityFile == authority.authorityFile)
        #expect(endpoint.tls?.certificateFile == pair.certificateFile)
        #expect(endpoint.tls?.keyFile == pair.keyFile)
        #expect(endpoint.description == "rediss://u@h:6379/3")
        #expect(
            endpoint
                == (try RedisEndpoint(
                    url: "rediss://u:p@h:6379?db=3&key=\(pair.keyFile)&ca=\(encoded)&cert=\(pair.certificateFile)")))
        #expect(endpoint != (try RedisEndpoint(url: "rediss://u:p@h/3?ca=\(encoded)")))
        #expect(try RedisEndpoint(url: "rediss://[::1]").tls != nil)
        #expect(try RedisEndpoint(url: "redis://h").tls == nil)
    }

    @Test func badFiles() async throws {
        let authority = try await TestCertificates.authority()
        let pair = try await authority.client()
        let other = try await authority.client()
        let empty = try TestServers.freshDirectory() + "/empty.pem"
        try FileTree.write("", to: empty)
        let certificate = "cert=\(pair.certificateFile)"
        for (options, words) in [
            ("ca=/nonexistent/ca.pem", ["ca=", "/nonexistent/ca.pem", "No such file"]),
            ("ca=/tmp", ["ca=", "not a regular file"]),
            ("ca=\(empty)", ["ca=", "no certificates"]),
            ("ca=\(pair.keyFile)", ["ca=", "no certificates"]),
            ("\(certificate)&key=/nonexistent/k", ["key=", "No such file"]),
            ("\(certificate)&key=\(pair.certificateFile)", ["key=", "no private key"]),
            ("\(certificate)&key=\(other.keyFile)", ["cert=", "key="]),
            (certificate, ["only one of cert= and key="]),
            ("key=\(pair.keyFile)", ["only one of cert= and key="]),
        ] {
            let message = error(options)?.message ?? ""
            for word in words { #expect(message.contains(word), "\(options): \(message)") }
        }
    }

    @Test(arguments: [
        "redis://h?ca=/a", "unix:///s?ca=/a", "rediss://h?ca=", "rediss://h?ca=/a&ca=/b", "rediss://h?insecure=1",
        "rediss://h?verify=none", "rediss://h?ca=/a%zz", "rediss://h?ca=/a%00", "rediss://a_b", "rediss://h..x",
        "rediss://[fe80::1%25eth0]", "rediss:///1", "rediss://h/1?db=2",
    ])
    func refused(_ url: String) {
        let error = #expect(throws: RedisClientError.self) { try RedisEndpoint(url: url) }
        #expect(error?.code == .invalidURL)
    }
}
