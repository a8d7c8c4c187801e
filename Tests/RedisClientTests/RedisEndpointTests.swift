import RedisClient
import Testing

@Suite struct RedisEndpointTests {
    @Test(
        "URLs understood",
        arguments: [
            ("redis://localhost", RedisEndpoint(address: .host("localhost", port: 6379))),
            ("REDIS://h:1", RedisEndpoint(address: .host("h", port: 1))),
            ("redis://h:6380/3", RedisEndpoint(address: .host("h", port: 6380), database: 3)),
            ("redis://h?db=4", RedisEndpoint(address: .host("h", port: 6379), database: 4)),
            ("redis://h/", RedisEndpoint(address: .host("h", port: 6379))),
            ("redis://:p%40ss@h", RedisEndpoint(address: .host("h", port: 6379), password: "p@ss")),
            ("redis://u:p:q@h", RedisEndpoint(address: .host("h", port: 6379), username: "u", password: "p:q")),
            ("redis://[::1]:7000", RedisEndpoint(address: .host("::1", port: 7000))),
            ("redis://[::1]", RedisEndpoint(address: .host("::1", port: 6379))),
            ("unix:///run/r.sock", RedisEndpoint(address: .unixSocket(path: "/run/r.sock"))),
            ("redis+unix:///a%20b?db=2", RedisEndpoint(address: .unixSocket(path: "/a b"), database: 2)),
            ("unix://:s@/r", RedisEndpoint(address: .unixSocket(path: "/r"), password: "s")),
        ]
    )
    func understood(_ url: String, _ endpoint: RedisEndpoint) throws {
        #expect(try RedisEndpoint(url: url) == endpoint)
    }

    @Test(
        "URLs refused, without quoting a secret",
        arguments: [
            "", "h:6379", "http://h", "rediss://", "redis://", "redis://:hunter2@", "redis://hunter2@h",
            "redis://u:@h", "redis://h:0", "redis://h:65536", "redis://h:x", "redis://h:-1", "redis://[::1",
            "redis://[::1]x",
            "redis://h/x", "redis://h/1?db=2", "redis://h?timeout=1", "redis://h?db=", "redis://:hunter2%4@h",
            "redis://:hunter2%FF@h",
            "redis://h h", "unix://", "unix:///", "unix://relative/path",
            "unix:///\(String(repeating: "a", count: 107))",
            "unix:///a%00b", "redis://h/99999999999999999999",
        ]
    )
    func refused(_ url: String) {
        let error = #expect(throws: RedisClientError.self) { try RedisEndpoint(url: url) }
        #expect(error?.code == .invalidURL)
        #expect(error?.message.contains("hunter2") == false)
    }

    @Test(
        "the password is never shown",
        arguments: [
            "redis://u:hunter2@h:1/2", "redis://:hunter2@h", "unix://u:hunter2@/s?db=1", "rediss://u:hunter2@h",
        ]
    )
    func secret(_ url: String) throws {
        let endpoint = try RedisEndpoint(url: url)
        let configuration = RedisConfiguration(endpoint: endpoint)
        var dumped = ""
        dump(configuration, to: &dumped)
        let texts = [
            "\(endpoint)", String(reflecting: endpoint), "\(configuration)", String(reflecting: configuration), dumped,
        ]
        for text in texts {
            #expect(!text.contains("hunter2"), "\(text)")
        }
    }

    @Test(
        "shown as a URL",
        arguments: [
            ("redis://u:p@h:1/2", "redis://u@h:1/2"), ("redis://:p@h", "redis://h:6379"),
            ("redis://[::1]", "redis://[::1]:6379"),
            ("unix:///s?db=1", "redis+unix:///s?db=1"),
        ]
    )
    func shown(_ url: String, _ text: String) throws {
        #expect(try RedisEndpoint(url: url).description == text)
    }
}
