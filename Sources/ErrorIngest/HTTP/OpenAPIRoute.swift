import HTTPTypes
import Hummingbird
import IngestStorage
import NIOCore

/// `GET /openapi.yaml`: `docs/openapi.yaml`, as it was when the program was built.
struct OpenAPIRoute: Sendable {
    /// It changes only with the program, and is read by people who have just changed that.
    private static let cacheControl = "public, max-age=60"

    private let document = ByteBuffer(bytes: Assets.bytes("openapi.yaml"))

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("openapi.yaml") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/yaml", .cacheControl: Self.cacheControl],
                body: ResponseBody(byteBuffer: document)
            )
        }
    }
}
