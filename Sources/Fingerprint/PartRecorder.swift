/// The sink behind an explanation: keeps the parts.
struct PartRecorder: PartSink {
    private(set) var parts: [FingerprintPart] = []

    mutating func header(tag: StaticString, version: UInt8) {}

    mutating func part(_ name: FingerprintPart.Name, _ bytes: ByteView) {
        let copy = UnsafeRawBufferPointer(start: bytes.base, count: bytes.count)
        parts.append(FingerprintPart(name: name, bytes: [UInt8](copy)))
    }

    mutating func rawMessage(_ bytes: ByteView) {
        part(.rawMessage, bytes)
    }
}
