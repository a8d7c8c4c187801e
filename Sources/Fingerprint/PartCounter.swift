/// The sink that measures normalising alone: adds up the sizes of the parts.
struct PartCounter: PartSink {
    private(set) var byteCount = 0

    mutating func header(tag: StaticString, version: UInt8) {}

    mutating func part(_ name: FingerprintPart.Name, _ bytes: ByteView) {
        byteCount += bytes.count
    }

    mutating func rawMessage(_ bytes: ByteView) {
        byteCount += bytes.count
    }
}
