import Fingerprint
import QueueCore
import Testing

/// A memo only saves work: its answers are those of the fingerprinter.
@Suite struct FingerprintMemoTests {
    private struct Texts {
        var project: [UInt8]?
        var type: [UInt8]?
        var message: [UInt8]
        var stackTrace: [UInt8]?
        var custom: [[UInt8]] = []

        func withInput<R>(_ body: (FingerprintInput) -> R) -> R {
            func view(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> R) -> R {
                bytes.map { $0.withUnsafeBytes { body($0) } } ?? body(nil)
            }
            return view(project) { project in
                view(type) { type in
                    view(stackTrace) { stackTrace in
                        message.withUnsafeBytes { message in
                            view(custom.first) { custom in
                                body(
                                    FingerprintInput(
                                        project: project, type: type, message: message, stackTrace: stackTrace,
                                        custom: custom.map { [$0] } ?? []))
                            }
                        }
                    }
                }
            }
        }
    }

    private func check(_ texts: Texts, _ memo: inout FingerprintMemo, _ fingerprinter: Fingerprinter) {
        texts.withInput { input in
            let (answer, parts) = memo.withFingerprint(of: input, by: fingerprinter, grouping: .standard) {
                ($0, $1?.map { FingerprintPart(name: $0.name, bytes: Array($0.bytes)) })
            }
            let explanation = fingerprinter.explain(input)
            #expect(answer == explanation.fingerprint)
            // There are none when the answer was remembered.
            if let parts { #expect(parts == explanation.parts) }
        }
    }

    /// Texts that come again, in any order, between others that come once.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func answersAreThoseOfTheFingerprinter(seed: UInt64) throws {
        let fingerprinter = try Fingerprinter()
        var memo = FingerprintMemo()
        var random = SeededRandom(seed: seed)
        func text(_ sizes: ClosedRange<Int>) -> [UInt8] {
            // Few letters: many are alike, and stay different when numbers are taken out.
            (0..<Int.random(in: sizes, using: &random)).map { _ in UInt8.random(in: 97...99, using: &random) }
        }
        let pool = (0..<600).map { number in
            Texts(
                project: number % 3 == 0 ? nil : text(0...3), type: number % 4 == 0 ? nil : text(0...12),
                message: text(0...(number % 50 == 0 ? 6_000 : 40)), stackTrace: number % 2 == 0 ? nil : text(0...80),
                custom: number % 20 == 7 ? [text(1...5)] : [])
        }
        for _ in 0..<6_000 {
            // A quarter of the pool comes far more often.
            let index = Int.random(in: 0..<(Bool.random(using: &random) ? 150 : 600), using: &random)
            check(pool[index], &memo, fingerprinter)
        }
    }

    /// The same bytes, divided in another way.
    @Test func thePlaceOfABoundaryCounts() throws {
        let fingerprinter = try Fingerprinter()
        var memo = FingerprintMemo()
        let bytes = Array("abcdefghijklmnopqrstuvwxyzABCDEF".utf8)
        for _ in 0..<3 {
            for length in 1..<bytes.count {
                let (front, back) = (Array(bytes[..<length]), Array(bytes[length...]))
                check(Texts(project: nil, type: front, message: back, stackTrace: nil), &memo, fingerprinter)
                check(Texts(project: front, type: nil, message: back, stackTrace: nil), &memo, fingerprinter)
                check(Texts(project: nil, type: nil, message: front, stackTrace: back), &memo, fingerprinter)
            }
        }
    }

    /// Two messages of one hash and one length, by turns: the bytes tell them apart.
    @Test func anEqualHashIsNotEnough() throws {
        func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
            var hash = hash
            FingerprintMemo.mix(word, into: &hash)
            return hash
        }
        func message(_ words: [UInt64]) -> Texts {
            Texts(
                project: nil, type: nil, message: words.flatMap { withUnsafeBytes(of: $0, Array.init) }, stackTrace: nil
            )
        }
        let (first, second, other): (UInt64, UInt64, UInt64) = (
            0x6867_6665_6463_6261, 0x706F_6E6D_6C6B_6A69, 0x7A79_7877
        )
        let one = message([first, second])
        let twin = message([other, second ^ mixed(0, first) ^ mixed(0, other)])
        let hashes = [one, twin].map { $0.withInput { FingerprintMemo.hash($0) } }
        try #require(hashes[0] == hashes[1])
        let fingerprinter = try Fingerprinter()
        var memo = FingerprintMemo()
        for texts in [one, one, twin, twin, one, twin] { check(texts, &memo, fingerprinter) }
    }

    @Test func textsAreRememberedFromTheirSecondTimeOn() throws {
        let fingerprinter = try Fingerprinter()
        var memo = FingerprintMemo()
        let texts = Texts(project: [112], type: nil, message: Array("it failed".utf8), stackTrace: nil)
        let wasMade = (0..<4).map { _ in
            texts.withInput { input in
                memo.withFingerprint(of: input, by: fingerprinter, grouping: .standard) { _, parts in parts != nil }
            }
        }
        #expect(wasMade == [true, true, false, false])
    }
}
