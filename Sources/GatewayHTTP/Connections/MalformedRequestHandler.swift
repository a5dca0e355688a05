import GatewayCore
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes
import PluginPayloads

import enum NIOHTTP1.HTTPParserError

/// Says what is wrong with a request that is not valid HTTP, where the server below would answer with an empty body.
///
/// That server writes its answer in its turn, after those to the requests before; this handler puts another in its place.
final class MalformedRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var fault: HTTPParserError?

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Bytes that come after the fault are an error, too.
        fault = fault ?? error as? HTTPParserError
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let fault, case .head(let head) = unwrapOutboundIn(data), head.isEmptyRefusal else {
            context.write(data, promise: promise)
            return
        }
        let error = GatewayError(fault)
        let body = ByteBuffer(string: error.body.description)
        let refusal = HTTPResponse(
            status: HTTPResponse.Status(code: error.status),
            headerFields: [
                .contentType: "application/json", .contentLength: "\(body.readableBytes)", .connection: "close",
            ]
        )
        context.write(wrapOutboundOut(.head(refusal)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: promise)
    }
}

@available(*, unavailable)
extension MalformedRequestHandler: Sendable {}

extension HTTPResponse {
    /// Whether this is how the server below refuses what it cannot read; the gateway's own answers have a body.
    fileprivate var isEmptyRefusal: Bool {
        status == .badRequest && headerFields[.contentLength] == "0"
    }
}
