import DequeModule

/// Calls that wait for a worker: those from deeper down, which others wait for, first; of one depth, the one that came
/// first.
package struct WaitingLine<Call: AnyObject> {
    private var places = Deque<(call: Call, depth: Int)>()

    package init() {}

    package var count: Int { places.count }
    package var isEmpty: Bool { places.isEmpty }

    /// How many hooks have invoked one another to get to the first call.
    package var firstDepth: Int? { places.first?.depth }

    /// Lets a call wait, behind those of its depth.
    package mutating func append(_ call: Call, depth: Int) {
        places.insert((call, depth), at: places.firstIndex { $0.depth < depth } ?? places.endIndex)
    }

    /// Lets a call wait on that was taken, before those of its depth; deeper ones may have come meanwhile.
    package mutating func putBack(_ call: Call, depth: Int) {
        places.insert((call, depth), at: places.firstIndex { $0.depth <= depth } ?? places.endIndex)
    }

    package mutating func takeFirst() -> Call? { places.popFirst()?.call }

    package mutating func takeAll() -> [Call] {
        defer { places = [] }
        return places.map(\.call)
    }

    /// Takes a call out.
    ///
    /// - Returns: Whether it waited.
    package mutating func remove(_ call: Call) -> Bool {
        guard let index = places.firstIndex(where: { $0.call === call }) else { return false }
        places.remove(at: index)
        return true
    }
}
