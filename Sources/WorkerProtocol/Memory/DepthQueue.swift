import DequeModule

/// Calls or questions that wait for a place, each with the number of hooks that have invoked one another to get to it.
///
/// The deepest come first, because others hold places while they wait for them; of one depth, the one that came first.
package struct DepthQueue<Element> {
    private var entries = Deque<(element: Element, depth: Int)>()

    package init() {}

    package var count: Int { entries.count }

    /// The one that is taken next, with its depth.
    package var first: (element: Element, depth: Int)? { entries.first }

    /// Adds one, behind those of its depth.
    package mutating func append(_ element: Element, depth: Int) {
        // Mostly this is the end, so the search begins there.
        let last = entries.lastIndex { $0.depth >= depth }
        entries.insert((element, depth), at: last.map { $0 + 1 } ?? 0)
    }

    /// Adds one that was taken, before those of its depth; deeper ones may have come meanwhile.
    package mutating func putBack(_ element: Element, depth: Int) {
        entries.insert((element, depth), at: entries.firstIndex { $0.depth <= depth } ?? entries.endIndex)
    }

    package mutating func popFirst() -> Element? { entries.popFirst()?.element }

    package mutating func removeAll() -> [Element] {
        defer { entries = [] }
        return entries.map(\.element)
    }

    /// Takes out the first one of which something is true.
    ///
    /// - Returns: Whether there was one.
    package mutating func removeFirst(where isMeant: (Element) -> Bool) -> Bool {
        guard let index = entries.firstIndex(where: { isMeant($0.element) }) else { return false }
        entries.remove(at: index)
        return true
    }
}
