import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Ends connections of clients that send a request or read a response too slowly.
final class RequestClockHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A request was not complete in time.
    struct Expired: Error {}

    /// How long a client that was told of its slowness may take to close the connection.
    private static let farewell = TimeAmount.seconds(1)
    /// How long a client may take for the rest of its request once the gateway was told to stop.
    private static let patience = TimeAmount.seconds(2)

    private var clock: RequestClock
    private var timer: Scheduled<Void>?
    /// Requests that have no response, or half of one.
    private var unanswered = 0
    private var isExpired = false
    private var isStopping = false

    init(timeout: TimeAmount) {
        clock = RequestClock(timeout: timeout)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let watch = FirstByteHandler { self.clock.requestBegan(.now()) }
        do { try context.pipeline.syncOperations.addHandler(watch, position: .first) } catch {
            context.fireErrorCaught(error)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            clock.requestBegan(.now())
            unanswered += 1
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

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, !isExpired {
            isStopping = true
            clock.requestsEnd(at: .now() + Self.patience)
            timer?.cancel()
            timer = nil
            schedule(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: clock.responseBegan(.now())
        case .body: break
        case .end:
            unanswered -= 1
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.assumeIsolated().whenComplete { _ in
                self.clock.responseEnded(.now())
                if self.isExpired, self.unanswered == 0 { self.closeSoon(context) }
            }
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
        guard timer == nil, let deadline = clock.deadline else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.timer = nil
            switch self.clock.expired(at: .now()) {
            case .request:
                self.clock.requestEnded()
                self.isExpired = true
                context.fireErrorCaught(self.isStopping ? CancellationError() : Expired())
            case .response:
                context.close(promise: nil)
            case nil:
                self.schedule(context)
            }
        }
    }

    /// Closes the connection of a client that sends on although it was told that it is too late.
    ///
    /// Until then its bytes are dropped: to close at once could destroy the answer that is on its way.
    private func closeSoon(_ context: ChannelHandlerContext) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.farewell) { context.close(promise: nil) }
    }
}

/// Notices bytes before they are a request's head.
private final class FirstByteHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let onBytes: () -> Void

    init(_ onBytes: @escaping () -> Void) {
        self.onBytes = onBytes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        onBytes()
        context.fireChannelRead(data)
    }
}

@available(*, unavailable)
extension FirstByteHandler: Sendable {}

@available(*, unavailable)
extension RequestClockHandler: Sendable {}
