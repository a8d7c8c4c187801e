extension Fingerprint: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var hex: String {
        String(unsafeUninitializedCapacity: 2 * Self.byteCount) { buffer in
            writeHex(to: UnsafeMutableRawBufferPointer(buffer))
            return 2 * Self.byteCount
        }
    }

    public var description: String { hex }

    /// Nil unless there are exactly 64 hexadecimal digits, in either case.
    public init?(hex digits: some Collection<UInt8>) {
        guard digits.count == 2 * Self.byteCount else { return nil }
        var valid = true
        self.init(filling: { bytes in
            var index = 0
            for digit in digits {
                guard let value = Self.hexValue(digit) else {
                    valid = false
                    return
                }
                bytes[index / 2] = bytes[index / 2] << 4 | value
                index += 1
            }
        })
        guard valid else { return nil }
    }

    public init?(hex text: some StringProtocol) {
        self.init(hex: text.utf8)
    }

    /// Appends 64 lower-case hexadecimal digits.
    public func appendHex(to output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(byteCount: 2 * Self.byteCount, alignment: 8) { digits in
            writeHex(to: digits)
            output.append(contentsOf: digits)
        }
    }

    private func writeHex(to digits: UnsafeMutableRawBufferPointer) {
        withUnsafeBytes { bytes in
            for start in stride(from: 0, to: Self.byteCount, by: 4) {
                let word = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self))
                digits.storeBytes(of: HexDigits.of(word), toByteOffset: 2 * start, as: UInt64.self)
            }
        }
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
