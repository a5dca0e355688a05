import GatewayHTTP
import NIOCore
import Testing

@Suite("The clock of a connection")
struct RequestClockTests {
    enum Event: Sendable {
        case requestBegan, requestEnded, responseBegan, responseEnded
        /// The gateway was told to stop, and waits no longer than until then.
        case stopped
    }

    private static func time(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(seconds) }

    @Test(
        "knows who has how long, after what happened when",
        arguments: [
            ([], nil, nil),
            ([(.requestBegan, 5)], 15, .request),
            ([(.requestBegan, 5), (.requestEnded, 6)], nil, nil),
            ([(.requestBegan, 5), (.requestEnded, 6), (.responseBegan, 7)], 17, .response),
            ([(.requestBegan, 5), (.requestEnded, 6), (.responseBegan, 7), (.responseEnded, 8)], nil, nil),
            // An answer to a request that is not complete: whoever is late first counts, and nothing can be said any more.
            ([(.requestBegan, 5), (.responseBegan, 7)], 15, .response),
            ([(.requestBegan, 5), (.responseBegan, 7), (.requestEnded, 8)], 17, .response),
            ([(.requestBegan, 5), (.responseBegan, 7), (.responseEnded, 8)], 15, .request),
            // The next request on the connection.
            (
                [(.requestBegan, 1), (.requestEnded, 2), (.responseBegan, 3), (.responseEnded, 4), (.requestBegan, 5)],
                15, .request
            ),
            // Two responses of which one has been read, and the next one is on its way.
            ([(.responseBegan, 3), (.responseBegan, 4), (.responseEnded, 5)], 15, .response),
            ([(.responseBegan, 3), (.responseBegan, 4), (.responseEnded, 5), (.responseEnded, 6)], nil, nil),
            // The first byte of a request counts, not the end of its head.
            ([(.requestBegan, 5), (.requestBegan, 8)], 15, .request),
            // A client that sends its next request while it does not read the answer to the first one.
            ([(.responseBegan, 3), (.requestBegan, 5)], 13, .response),
            // The gateway stops: what is being sent has less time, what is read as much as before.
            ([(.requestBegan, 5), (.stopped, 8)], 8, .request),
            ([(.requestBegan, 5), (.stopped, 80)], 15, .request),
            ([(.stopped, 8), (.requestBegan, 5)], 8, .request),
            ([(.responseBegan, 7), (.stopped, 8)], 17, .response),
            ([(.stopped, 8)], nil, nil),
        ] as [([(Event, Int64)], Int64?, RequestClock.Lateness?)]
    )
    func deadlines(events: [(Event, Int64)], deadline: Int64?, lateness: RequestClock.Lateness?) {
        var clock = RequestClock(timeout: .seconds(10))
        for (event, seconds) in events {
            switch event {
            case .requestBegan: clock.requestBegan(Self.time(seconds))
            case .requestEnded: clock.requestEnded()
            case .responseBegan: clock.responseBegan(Self.time(seconds))
            case .stopped: clock.requestsEnd(at: Self.time(seconds))
            case .responseEnded: clock.responseEnded(Self.time(seconds))
            }
        }
        #expect(clock.deadline == deadline.map(Self.time))
        guard let deadline else {
            #expect(clock.expired(at: .distantFuture) == nil)
            return
        }
        #expect(clock.expired(at: Self.time(deadline) - .nanoseconds(1)) == nil)
        #expect(clock.expired(at: Self.time(deadline)) == lateness)
    }
}
