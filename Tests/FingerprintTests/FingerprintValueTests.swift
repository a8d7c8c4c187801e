import Fingerprint
import QueueCore
import Testing

@Suite struct FingerprintValueTests {
    static let bytes = (0..<32).map { UInt8($0 * 7) }

    @Test func bytesAndHexComeBack() throws {
        let fingerprint = try #require(Fingerprint(bytes: Self.bytes))
        #expect(fingerprint.bytes == Self.bytes)
        #expect(fingerprint.hex == "00070e151c232a31383f464d545b626970777e858c939aa1a8afb6bdc4cbd2d9")
        #expect(Fingerprint(hex: fingerprint.hex) == fingerprint)
        #expect(Fingerprint(hex: fingerprint.hex.uppercased()) == fingerprint)
        #expect(Fingerprint(hex: Array(fingerprint.hex.utf8)) == fingerprint)
        var output: [UInt8] = [1]
        fingerprint.appendHex(to: &output)
        #expect(output == [1] + Array(fingerprint.hex.utf8))
        #expect("\(fingerprint)" == fingerprint.hex)
    }

    @Test(arguments: [0, 31, 33])
    func anyOtherCountIsRefused(_ count: Int) {
        #expect(Fingerprint(bytes: [UInt8](repeating: 1, count: count)) == nil)
        #expect(Fingerprint(hex: String(repeating: "0", count: 2 * count)) == nil)
    }

    @Test(arguments: ["g", " ", "-", "é", ":", "/", "@", "`"])
    func whatIsNotHexadecimalIsRefused(_ text: String) {
        let digits = String(repeating: "0", count: 64 - text.utf8.count) + text
        #expect(Fingerprint(hex: digits) == nil)
    }

    @Test func orderIsThatOfTheBytes() throws {
        var random = SeededRandom(seed: 1)
        for _ in 0..<500 {
            let left = (0..<32).map { _ in UInt8.random(in: 0...2, using: &random) }
            var right = left
            right[Int.random(in: 0..<32, using: &random)] = UInt8.random(in: 0...255, using: &random)
            let first = try #require(Fingerprint(bytes: left))
            let second = try #require(Fingerprint(bytes: right))
            #expect((first < second) == left.lexicographicallyPrecedes(right))
            #expect((first == second) == (left == right))
        }
    }

    @Test func digestsRefuseAnyOtherCount() {
        #expect(Digest16(bytes: [UInt8](repeating: 1, count: 16))?.bytes == [UInt8](repeating: 1, count: 16))
        #expect(Digest16(bytes: [UInt8](repeating: 1, count: 15)) == nil)
        #expect(Digest16(bytes: [UInt8](repeating: 1, count: 17)) == nil)
    }
}
