#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Names a consumer so that no other one has the name, on other machines and after a restart too.
enum ConsumerName {
    static func make(index: Int) -> String {
        var host = [CChar](repeating: 0, count: 65)
        gethostname(&host, host.count - 1)
        let name = host.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return "\(name)-\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 16))-\(index)"
    }
}
