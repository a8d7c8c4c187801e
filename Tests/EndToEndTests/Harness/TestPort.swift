import Glibc
import Synchronization
import TestServers

/// TCP ports for services under test, each given once.
///
/// Below the range that the system takes for outgoing connections: a service that was killed must find its port free
/// again while clients open connections by the dozen.
enum TestPort {
    private static let range = 20_000..<32_000
    private static let offset = Atomic<Int>(Int.random(in: 0..<range.count))

    static func next() throws(TestServerError) -> Int {
        for _ in 0..<200 {
            let number = offset.add(1, ordering: .relaxed).newValue
            let port = range.lowerBound + number % range.count
            if isFree(UInt16(port)) { return port }
        }
        throw TestServerError("no free port")
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_ANY).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
