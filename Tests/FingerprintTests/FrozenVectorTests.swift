import Fingerprint
import Testing

/// Digests that must never change: they were computed apart from this code, from the encoding in `docs/fingerprint.md`.
/// If one fails, the rules of version 1 were changed by mistake, and every stored group would fall apart.
@Suite struct FrozenVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let report: Report
        let hex: String
    }

    static let vectors = [
        Vector(
            testDescription: "nothing but an empty message",
            report: Report(),
            hex: "54dc7fe73323715de38a73bdda4f4a0d507f052d78829dbc35eb6b9d79acd6f2"
        ),
        Vector(
            testDescription: "a message",
            report: Report(message: "user 42 not found"),
            hex: "e0273bfb9372a3ab95986603403d0458674a5dc90fa21c486c3c43cf03623be0"
        ),
        Vector(
            testDescription: "project, type and message",
            report: Report(project: "shop", type: "TypeError", message: "user 42 not found"),
            hex: "a30b2614dc224d6d4956758ff66285d9d9d8220ebce43a3b46bbdcca5adc22ad"
        ),
        Vector(
            testDescription: "a stack of Node",
            report: Report(project: "shop", type: "TypeError", message: "any", stack: JavaScriptGolden.node),
            hex: "34e99bb07ef793c198280718e9645619b6271446275984ddcd3b6f4880360cb6"
        ),
        Vector(
            testDescription: "a stack of Python",
            report: Report(type: "KeyError", message: "any", stack: PythonGolden.django),
            hex: "209a435a0183f4b594689f4e86b02a57f45abec999e1a2b0073658f45f3a4c84"
        ),
        Vector(
            testDescription: "the caller's own parts",
            report: Report(project: "shop", type: "T", message: "any", custom: ["payment", "timeout"]),
            hex: "de63042898e5dfbba5a6240c47a4c2c5eddc57baa5c9dcb5e02d4881ff2d167b"
        ),
        Vector(
            testDescription: "the default spliced into the caller's parts",
            report: Report(
                project: "shop", type: "TypeError", message: "user 1 not found", custom: ["eu", "{{ default }}"]),
            hex: "ebea843e338e595cfe37e3306b684b001866a199e4a46745644f25cbac9a6383"
        ),
    ]

    @Test(arguments: vectors)
    func vector(_ vector: Vector) throws {
        #expect(try vector.report.fingerprint().hex == vector.hex)
    }

    @Test func digestOfAnEventID() throws {
        let fingerprinter = try Fingerprinter()
        let digest = Array("shop".utf8).withUnsafeBytes { project in
            Array("e-1".utf8).withUnsafeBytes { id in fingerprinter.digest16(domain: "errors", project, id) }
        }
        #expect(
            digest.bytes == [
                0x62, 0xC3, 0x62, 0x16, 0xEC, 0x87, 0x9B, 0x43, 0xB7, 0x4E, 0x22, 0xB8, 0xA3, 0xCD, 0xF9, 0xB9,
            ])
        #expect(Digest16(bytes: digest.bytes) == digest)
    }

    /// FIPS 180-4, examples of the NIST: the message alone, nothing around it.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func messageGroupingIsPlainSHA256(_ message: String, _ hex: String) throws {
        let report = Report(project: "p", type: "t", message: message, stack: JavaScriptGolden.node, custom: ["c"])
        let result = try report.result(.message)
        #expect(result.fingerprint.hex == hex)
        #expect(result.basis == .rawMessage)
        #expect(result.version == 0)
    }
}
