import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Tells a client that waits for leave to send its body that it may (RFC 9110, 10.1.1).
///
/// Without it such a client would wait until it loses patience. One whose body will be refused for its length is told
/// nothing here, and so need not send it.
final class ContinueHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private let maxBodyBytes: Int

    init(maxBodyBytes: Int) {
        self.maxBodyBytes = maxBodyBytes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let request) = unwrapInboundIn(data), isAwaited(by: request) {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        context.fireChannelRead(data)
    }

    private func isAwaited(by request: HTTPRequest) -> Bool {
        guard request.headerFields[.expect]?.lowercased() == "100-continue" else { return false }
        return request.headerFields[.contentLength].flatMap { Int($0) } ?? 0 <= maxBodyBytes
    }
}

@available(*, unavailable)
extension ContinueHandler: Sendable {}
