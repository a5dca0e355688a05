import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Ends connections of clients that send a request or read a response too slowly.
///
/// A connection that sends no whole head is ended by the server's idle timeout, which counts heads and bodies, not bytes.
final class RequestClockHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A request was not complete in time.
    struct Expired: Error {}

    private var clock: RequestClock
    private var isScheduled = false

    init(timeout: TimeAmount) {
        clock = RequestClock(timeout: timeout)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: clock.requestBegan(.now())
        case .body: break
        case .end: clock.requestEnded()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Most requests come whole, and never need a timer.
        schedule(context)
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: clock.responseBegan(.now())
        case .body: break
        case .end:
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.assumeIsolated().whenComplete { _ in self.clock.responseEnded() }
            context.write(data, promise: written)
            return
        }
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        schedule(context)
    }

    private func schedule(_ context: ChannelHandlerContext) {
        guard !isScheduled, let deadline = clock.deadline else { return }
        isScheduled = true
        context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.isScheduled = false
            switch self.clock.expired(at: .now()) {
            case .request:
                self.clock.requestEnded()
                context.fireErrorCaught(Expired())
            case .response:
                context.close(promise: nil)
            case nil:
                self.schedule(context)
            }
        }
    }
}

@available(*, unavailable)
extension RequestClockHandler: Sendable {}
