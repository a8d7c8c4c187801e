import Glibc
import Synchronization

/// A TCP port nothing listens on right now, and which nothing but a server takes.
///
/// The kernel's own choice would not do: between this look and the server's `bind` it may hand the same port to an
/// outgoing connection. So the ports come from below its ephemeral range, each once in this process.
public enum FreePort {
    private static let ports: Range<UInt16> = 10_000..<32_000
    /// Each process starts elsewhere: test runs side by side rarely meet.
    private static let next = Atomic<UInt32>(UInt32.random(in: 0..<22_000))

    public static func find() throws -> UInt16 {
        for _ in ports {
            let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
            let port = ports.lowerBound + UInt16(turn % UInt32(ports.count))
            if try isFree(port) { return port }
        }
        throw TestServerError("no free port in \(ports)")
    }

    private static func isFree(_ port: UInt16) throws -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw TestServerError("socket failed: \(errno)") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
