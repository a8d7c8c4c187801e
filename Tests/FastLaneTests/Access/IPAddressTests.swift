import FastLane
import NIOCore
import Testing

@Suite struct IPAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:DB8::0:1", "2001:db8::1"), ("::1", "::1"),
        ("::", "::"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
    ])
    func readAndWritten(text: String, written: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == written)
        #expect(IPAddress(written) == address)
    }

    @Test(arguments: [
        "", " 192.0.2.1", "192.0.2.1 ", "192.0.2", "192.0.2.256", "192.0.2.1.5", "0x7f.0.0.1", "127.1", "2130706433",
        "[::1]", "::1%lo", "1::2::3", "localhost", "192.0.2.1\0",
    ])
    func notAnAddress(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.255.255", true), ("::1", true), ("::ffff:127.0.0.1", true), ("128.0.0.1", false),
        ("126.255.255.255", false), ("::2", false), ("::", false), ("::127.0.0.1", false), ("2001:db8::1", false),
        ("0.0.0.0", false),
    ])
    func loopback(text: String, isLoopback: Bool) throws {
        #expect(try #require(IPAddress(text)).isLoopback == isLoopback)
    }

    @Test func ofASocket() throws {
        let ipv4 = try SocketAddress(ipAddress: "192.0.2.1", port: 80)
        let ipv6 = try SocketAddress(ipAddress: "::ffff:192.0.2.1", port: 80)
        #expect(IPAddress(ipv4) == IPAddress("192.0.2.1"))
        #expect(IPAddress(ipv6) == IPAddress("192.0.2.1"))
        #expect(IPAddress(try SocketAddress(unixDomainSocketPath: "/s")) == nil)
        #expect(IPAddress(nil) == nil)
    }
}
