import PluginHooks

/// How the shared memory of one worker is divided.
///
/// There are two regions. The gateway writes to the first, which the worker maps for reading alone: calls, and the
/// answers to what plugins ask. The worker writes to the second, where nothing is to be trusted: the results of calls, and
/// what plugins ask. Both have an area for each slot, and a few large ones for what does not fit there.
package struct RegionGeometry: Sendable, Hashable {
    /// Calls that can be under way at the same time; their numbers fit into the bits of a word.
    package static let slots = 64
    /// Questions that can be under way at the same time.
    package static let asks = 64
    /// Bytes of the area of a slot.
    package static let areaBytes = 128 << 10
    /// Large areas of each region.
    package static let largeAreas = 2
    /// Bytes of a slot's header.
    package static let headerBytes = 64

    private static let headersStart = 1024
    private static let page = 4096

    /// Bytes of a large area.
    package let largeBytes: Int

    /// - Parameter maxBlockBytes: The size of the largest payload. Twice as much fits into a large area, because the
    ///   request's state goes with it.
    package init(maxBlockBytes: Int) {
        largeBytes = (2 * maxBlockBytes + Self.areaBytes + Self.page - 1) / Self.page * Self.page
    }

    /// Slots, or places of questions, that calls of a depth leave to those that are invoked deeper down.
    ///
    /// A call holds its slot while it waits for what it has invoked, and that may need a slot of the same worker. Because
    /// each depth leaves some to the deeper ones, and the deepest invokes nothing, calls never wait for one another.
    package static func reserve(depth: Int) -> Int { 2 * max(0, HookCall.maxInvocationDepth - depth) }

    // MARK: Offsets that both regions share

    /// The header of a slot: a call in the first region, its result in the second.
    package static func slotHeader(_ slot: Int) -> Int { headersStart + slot * headerBytes }

    /// The header of a question in the second region, or of its answer in the first.
    package static func askHeader(_ ask: Int) -> Int { slotHeader(slots) + ask * headerBytes }

    private static let areasStart = (askHeader(asks) + page - 1) / page * page

    /// The area of a slot.
    package static func slotArea(_ slot: Int) -> Int { areasStart + slot * areaBytes }

    /// The area of a question, or of its answer.
    package static func askArea(_ ask: Int) -> Int { slotArea(slots) + ask * areaBytes }

    /// A large area.
    package func largeArea(_ index: Int) -> Int { Self.askArea(Self.asks) + index * largeBytes }

    /// Bytes of a region.
    package var regionBytes: Int { largeArea(Self.largeAreas) }

    /// Whether a range lies within the areas of a region.
    package func contains(_ range: AreaRange) -> Bool {
        range.offset >= UInt64(Self.areasStart) && range.offset % 8 == 0 && range.offset <= UInt64(regionBytes)
            && UInt64(range.count) <= UInt64(regionBytes) - range.offset
    }

    /// The index of the large area that an offset lies in; `nil` if it lies elsewhere.
    package func largeIndex(of offset: Int) -> Int? {
        let first = largeArea(0)
        guard offset >= first, offset < regionBytes else { return nil }
        return (offset - first) / largeBytes
    }
}

/// A range of an area.
package struct AreaRange: Sendable, Hashable {
    package var offset: UInt64
    package var count: UInt32

    package init(offset: UInt64, count: UInt32) {
        (self.offset, self.count) = (offset, count)
    }
}

extension Int {
    /// The number as a multiple of 8, at which a block may begin.
    package var rounded8: Int { (self + 7) & ~7 }
}
