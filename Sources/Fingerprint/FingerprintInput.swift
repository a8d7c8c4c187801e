/// What identifies an error, as borrowed bytes.
///
/// Every field is UTF-8 by convention, but any bytes are accepted: nothing here decodes them. The buffers are only
/// read during the call they are handed to, and must stay valid for exactly that long; no copy is made of them.
///
/// An empty `project`, `type` or `stackTrace` means the same as none at all, and so does an empty `custom`.
public struct FingerprintInput {
    /// The project the error belongs to. Two projects never share a fingerprint (except under ``Grouping/message``).
    public var project: UnsafeRawBufferPointer?
    /// The type of the error, such as `TypeError` or `django.db.utils.OperationalError`.
    public var type: UnsafeRawBufferPointer?
    public var message: UnsafeRawBufferPointer
    /// The stack trace as the reporter's runtime printed it, lines separated by LF or CRLF.
    public var stackTrace: UnsafeRawBufferPointer?
    /// The caller's own `fingerprint: [..]`; replaces type, stack and message. The element `{{ default }}` stands for
    /// what it replaces.
    public var custom: [UnsafeRawBufferPointer]

    public init(
        project: UnsafeRawBufferPointer? = nil,
        type: UnsafeRawBufferPointer? = nil,
        message: UnsafeRawBufferPointer,
        stackTrace: UnsafeRawBufferPointer? = nil,
        custom: [UnsafeRawBufferPointer] = []
    ) {
        self.project = project
        self.type = type
        self.message = message
        self.stackTrace = stackTrace
        self.custom = custom
    }
}
