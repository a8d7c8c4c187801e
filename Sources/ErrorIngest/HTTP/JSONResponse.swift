import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

/// Answers of the routes that Hummingbird serves.
enum JSONResponse {
    static func make(_ bytes: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    enum ErrorStyle {
        /// `{"error":{"code","message","fields"}}`, the shape of our own routes.
        case plain
        /// `{"success":false,"error":"…"}`, of the routes below `/api` that read events back.
        case envelope
    }

    static func error(
        _ rejection: RequestRejection, style: ErrorStyle = .plain, headers: HTTPFields = [:]
    ) -> Response {
        var body: [UInt8] = []
        switch style {
        case .plain: ErrorReply.append(rejection, style: .plain, at: 0, to: &body)
        case .envelope: EventReply.append(failure: rejection.message, to: &body)
        }
        return make(
            body,
            status: HTTPResponse.Status(code: rejection.statusCode),
            headers: headers
        )
    }
}
