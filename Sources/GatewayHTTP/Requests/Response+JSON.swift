import GatewayCore
import HTTPTypes
import Hummingbird
import NIOCore
import PluginPayloads

extension Response {
    /// An answer in JSON.
    init(status: HTTPResponse.Status = .ok, _ body: JSONValue, headers: HTTPHeaders = [:]) {
        self.init(status: status, ByteBuffer(string: body.description), headers)
    }

    /// An answer in JSON.
    init(status: HTTPResponse.Status = .ok, _ body: BlockValue, headers: HTTPHeaders = [:]) {
        self.init(status: status, ByteBuffer(json: body), headers)
    }

    /// What the gateway answers after all plugins have seen it.
    init(_ answer: DispatchAnswer) {
        self.init(answer.result, headers: answer.headers)
    }

    /// What a client is told about an error.
    init(_ error: GatewayError) {
        self.init(
            status: HTTPResponse.Status(code: error.status),
            ByteBuffer(string: error.body.description),
            error.headers
        )
    }

    private init(status: HTTPResponse.Status, _ json: ByteBuffer, _ others: HTTPHeaders) {
        var headers: HTTPFields = [.contentType: "application/json", .contentLength: "\(json.readableBytes)"]
        for (name, value) in others {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: json))
    }
}
