/// The rule for a client's `X-Request-Id`.
public enum RequestID {
    /// A request id is sent back, so only what can harm neither: 1–128 of `A–Z a–z 0–9 - _ . : / + = @ ~`.
    public static func isHarmless(_ value: String) -> Bool {
        let bytes = value.utf8
        guard (1...128).contains(bytes.count) else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            case 0x2B, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x40, 0x5F, 0x7E: true
            default: false
            }
        }
    }
}
