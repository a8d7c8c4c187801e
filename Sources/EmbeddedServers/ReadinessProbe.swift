import Glibc

/// One short conversation over a Unix socket that never blocks a thread.
enum ReadinessProbe {
    /// A socket path may be this long: `sun_path` holds 108 bytes with the closing zero; see unix(7).
    static let maxSocketPathBytes = 107

    /// Connects, sends `request`, and returns the first `count` bytes of what comes back; nil when the server does not
    /// accept, closes or stays silent for `limit`.
    static func converse(
        socketPath: String,
        sending request: [UInt8],
        reading count: Int,
        within limit: Duration = .seconds(1)
    ) async -> [UInt8]? {
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(AF_UNIX, Int32(kind), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard connect(descriptor, to: socketPath) else { return nil }
        if !request.isEmpty {
            // A fresh socket's buffer takes these few bytes whole; MSG_NOSIGNAL: the server may be gone already.
            let sent = send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
            guard sent == request.count else { return nil }
        }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 256)
        let deadline = ContinuousClock.now + limit
        while answer.count < count {
            let received = recv(descriptor, &chunk, chunk.count, 0)
            if received > 0 {
                answer.append(contentsOf: chunk[..<received])
                continue
            }
            guard received < 0, errno == EAGAIN || errno == EINTR, ContinuousClock.now < deadline else { return nil }
            do {
                try await Task.sleep(for: .milliseconds(2))
            } catch {
                return nil
            }
        }
        return answer
    }

    private static func connect(_ descriptor: Int32, to path: String) -> Bool {
        let bytes = Array(path.utf8)
        guard bytes.count <= maxSocketPathBytes else { return false }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) == 0 }
        }
    }
}
