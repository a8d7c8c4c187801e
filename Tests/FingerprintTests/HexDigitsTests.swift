import Fingerprint
import QueueCore
import Testing

@Suite struct HexDigitsTests {
    /// The digits one by one.
    private func digits(_ word: UInt32, count: Int) -> [UInt8] {
        let table = Array("0123456789abcdef".utf8)
        return (0..<count).map { table[Int(word >> UInt32(4 * (count - 1 - $0)) & 15)] }
    }

    @Test func everyTwoBytes() {
        for word in UInt16.min...UInt16.max {
            let written = withUnsafeBytes(of: HexDigits.of(word)) { Array($0) }
            #expect(written == digits(UInt32(word), count: 4))
        }
    }

    @Test func fourBytes() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<10_000 {
            let word = UInt32.random(in: .min ... .max, using: &random)
            let written = withUnsafeBytes(of: HexDigits.of(word)) { Array($0) }
            #expect(written == digits(word, count: 8), "\(word)")
        }
    }
}
