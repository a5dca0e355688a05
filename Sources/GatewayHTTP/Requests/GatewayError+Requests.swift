import GatewayCore
import NIOCore
import PluginPayloads

import enum NIOHTTP1.HTTPParserError

extension GatewayError {
    /// What a client is told when its request has failed so; `nil` if the error is the gateway's own.
    init?(endOf request: any Error) {
        switch request {
        case let error as GatewayError: self = error
        case is CancellationError: self = .unavailable("the gateway is stopping")
        case is RequestClockHandler.Expired: self = .late
        case let fault as HTTPParserError: self.init(fault)
        case is IOError, is ChannelError: self = .cutOff
        default: return nil
        }
    }
}
