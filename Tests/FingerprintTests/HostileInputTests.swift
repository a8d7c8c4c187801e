import Fingerprint
import QueueCore
import Testing

/// Whatever is sent, there is a fingerprint, and the same one each time.
@Suite struct HostileInputTests {
    /// Pieces the rules look for, so that random texts come near their edges.
    static let pieces: [String] = [
        "at ", "async ", " (", ")", "eval at ", "<anonymous>", ":1:2", ":", "::", "@", "File \"", "\", line ", ", in ",
        "|", "\n", "\r\n",
        "://", "https://", "data:", "webpack://", "wasm://", "?", "#", "/", "\\", ".", "..", "home", "Users",
        "releases", "node_modules",
        "'", "\"", "`", "\u{201C}", "\u{2019}", "\u{AB}", "0x", "1", "2024-01-02", "T10:11", " GMT+01", " (", "Jan ",
        "Mon, ", "fe80", "a",
        "3f9a2b1c", "-", "+", "%", ",", "[native code]", " line 3", " > eval", "*", "{{", "}}", "default", " [as ", "[",
        "]", "e5", "Thread 0x1 (most recent call first):", "Current thread 0x1 (most recent call first):", " in f",
        " + 1",
        "0 a 0x1 $s1a", "decltype(", "(*", "(a+0x1)", " <null>", "$r8$lambda$", "<<", ">d.MoveNext",
        "VB$StateMachine_1_",
        "$__", "_nuxt", "immutable", "chunks", "chunk-", "ipykernel_", "tmpabcdefgh", "-1.2", "Thread 1 Crashed:",
        "runtime stack:", "goroutine 1 [running]:", "Unknown Source:1", "__1_2", "closure$1",
        "\u{0}", "\u{7F}", "é", "index ", "address at ", "[::1", "assets/a-", ".js", "~", "_",
    ]

    static func junk(_ random: inout SeededRandom, count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: bytes.append(UInt8.random(in: 0...255, using: &random))
            // Half a character: invalid UTF-8.
            case 1:
                bytes.append(
                    contentsOf: random.pick([[0xE2], [0xE2, 0x80], [0xC2], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xFF]]))
            default: bytes.append(contentsOf: random.pick(pieces).utf8)
            }
        }
        return bytes
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func randomBytes(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let reused = try Fingerprinter()
        for _ in 0..<50 {
            let count = random.pick([0, 1, 2, 3, 5, 10, 40, 200, 1500])
            let message = Self.junk(&random, count: count)
            let stack = Self.junk(&random, count: count)
            try Self.check(message: message, stack: stack, reused)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func aMebibyte(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let junk = Self.junk(&random, count: 1 << 20)
        try Self.check(message: junk, stack: junk, Fingerprinter())
    }

    @Test(arguments: [0x00, 0x0A, 0x20, 0x22, 0x27, 0x2E, 0x2F, 0x30, 0x3A, 0x40, 0x41, 0x80, 0xE2, 0xFF] as [UInt8])
    func aMebibyteOfOneByte(_ byte: UInt8) throws {
        let bytes = [UInt8](repeating: byte, count: 1 << 20)
        try Self.check(message: bytes, stack: bytes, Fingerprinter())
    }

    /// A used fingerprinter, a fresh one and the explanation must agree.
    private static func check(message: [UInt8], stack: [UInt8], _ reused: Fingerprinter) throws {
        let fresh = try Fingerprinter()
        message.withUnsafeBytes { message in
            stack.withUnsafeBytes { stack in
                let input = FingerprintInput(
                    project: message, type: stack, message: message, stackTrace: stack, custom: [message, stack]
                )
                var plain = input
                plain.custom = []
                for grouping in Grouping.allCases {
                    for input in [input, plain] {
                        let result = reused.fingerprint(input, grouping: grouping)
                        #expect(result == fresh.fingerprint(input, grouping: grouping))
                        let explanation = fresh.explain(input, grouping: grouping)
                        #expect(explanation.fingerprint == result.fingerprint)
                        // The parts are read out of what was hashed, and make the same digest when put together again.
                        let digest = explanation.hashedBytes.withUnsafeBytes {
                            fresh.fingerprint(FingerprintInput(message: $0), grouping: .message).fingerprint
                        }
                        #expect(digest == result.fingerprint)
                        if grouping == .standard {
                            #expect(explanation.parts.allSatisfy { $0.bytes.count <= FingerprintLimits.partBytes })
                        }
                    }
                }
                _ = reused.digest16(domain: "test", message, stack)
            }
        }
    }
}
