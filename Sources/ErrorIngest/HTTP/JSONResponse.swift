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

    /// `{"error":{"code","message","fields"}}`, the one shape of errors.
    static func error(_ rejection: RequestRejection, headers: HTTPFields = [:]) -> Response {
        var body: [UInt8] = []
        ErrorReply.append(rejection, style: .plain, at: 0, to: &body)
        return make(
            body,
            status: HTTPResponse.Status(code: rejection.statusCode),
            headers: headers
        )
    }
}
