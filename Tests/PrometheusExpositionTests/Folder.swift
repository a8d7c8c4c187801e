import Glibc

/// A folder of its own for one test, with a subfolder `self`; gone with the value.
final class Folder {
    struct Failure: Error { let call: String }

    let path: String
    private var files: [String] = []

    init() throws {
        var template = Array("/tmp/prometheus-exposition-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(call: "mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard mkdir(path + "/self", 0o700) == 0 else { throw Failure(call: "mkdir") }
    }

    deinit {
        for file in files { unlink(file) }
        rmdir(path + "/self")
        rmdir(path)
    }

    func write(_ name: String, _ text: String) throws {
        let file = path + "/" + name
        let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(call: "open") }
        files.append(file)
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure(call: "write") }
    }
}
