import PluginHooks
import PluginWorker
import Synchronization
import Testing
import WorkerProtocol

@Suite("The slots of a worker")
struct CallSlotsTests {
    static func memory() throws -> WorkerMemory {
        let geometry = RegionGeometry(maxBlockBytes: 4096)
        let requests = try SharedFile("test-requests", size: geometry.regionBytes)
        let replies = try SharedFile("test-replies", size: geometry.regionBytes)
        return try WorkerMemory(
            geometry,
            requests: SharedMemory(mapping: requests.descriptor, size: geometry.regionBytes, isWritable: true),
            replies: SharedMemory(mapping: replies.descriptor, size: geometry.regionBytes, isWritable: true)
        )
    }

    private static let small = 128
    private static let large = RegionGeometry.areaBytes + 8

    private static let deepest = HookCall.maxInvocationDepth

    @Test("are 64, each with an area of its own, and come back when they are free")
    func areAllTaken() throws {
        let slots = CallSlots(try Self.memory())
        let taken = (0..<64).compactMap { _ in slots.reserve(Self.small, depth: Self.deepest) }
        #expect(Set(taken.map(\.slot)) == Set(0..<64))
        #expect(taken.allSatisfy { $0.offset == RegionGeometry.slotArea($0.slot) })
        #expect(slots.count == 64)
        #expect(!slots.hasFree(depth: Self.deepest))
        #expect(slots.reserve(Self.small, depth: Self.deepest) == nil)
        _ = slots.release(7)
        #expect(slots.reserve(Self.small, depth: Self.deepest)?.slot == 7)
    }

    @Test("are left to calls that are invoked deeper down, two to each depth")
    func reserve() throws {
        let slots = CallSlots(try Self.memory())
        let counts = (0...Self.deepest).map { depth in
            var count = 0
            while slots.reserve(Self.small, depth: depth) != nil { count += 1 }
            #expect(!slots.hasFree(depth: depth))
            return count
        }
        #expect(counts == [48, 2, 2, 2, 2, 2, 2, 2, 2])
    }

    @Test("have two large areas between them, which the worker gives back; who finds none keeps no slot")
    func largeAreas() throws {
        let memory = try Self.memory()
        let slots = CallSlots(memory)
        let first = try #require(slots.reserve(Self.large, depth: 0))
        let second = try #require(slots.reserve(Self.large, depth: 0))
        #expect(Set([first.offset, second.offset]) == Set((0..<2).map(memory.geometry.largeArea)))
        #expect(slots.reserve(Self.large, depth: 0) == nil)
        #expect(slots.takeLarge() == nil)
        #expect(slots.count == 2)
        // The worker reads calls in its own time, also those that nobody waits for any more.
        _ = slots.release(first.slot)
        #expect(slots.reserve(Self.large, depth: 0) == nil)
        #expect(memory.giveBackLarge(at: second.offset))
        #expect(slots.reserve(Self.large, depth: 0)?.offset == second.offset)
        #expect(memory.giveBackLarge(at: first.offset))
        #expect(slots.takeLarge().map(memory.geometry.largeArea) == first.offset)
        #expect(!memory.giveBackLarge(at: RegionGeometry.slotArea(63)))
    }

    @Test("that were given up are taken back once, by whoever comes first")
    func claim() async throws {
        let slots = CallSlots(try Self.memory())
        for _ in 0..<64 { _ = slots.reserve(Self.small, depth: Self.deepest) }
        for round in 1...UInt32(200) {
            for slot in 0..<64 { #expect(!slots.watch(slot, round)) }
            let claims = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { @concurrent in (0..<64).count(where: slots.claim) } }
                return await group.reduce(0, +)
            }
            #expect(claims == 64)
        }
    }

    @Test("that have got another call since their result was seen are left to that call's result")
    func laterCall() throws {
        let memory = try Self.memory()
        let slots = CallSlots(memory)
        // What a thread saw of call 5; by now the slot is that of call 0, which is under way.
        memory.sequence(3).publish(5)
        memory.done(3).publish(5)
        #expect(!slots.watch(3, 0))
        #expect(!slots.claimDone(3))
        #expect(slots.claim(3))
        #expect(!slots.claimDone(3))
    }

    @Test("whose result comes while somebody looks for an older one's are not left to wait")
    func claimDone() async throws {
        let memory = try Self.memory()
        let slots = CallSlots(memory)
        let all = 0..<64
        for _ in 0..<2_000 {
            for slot in all {
                // Call 0 is under way; what stands there of call 5 is what a thread saw that was interrupted.
                memory.sequence(slot).publish(5)
                memory.done(slot).publish(5)
                #expect(!slots.watch(slot, 0))
            }
            let found = await withTaskGroup(of: Int.self) { group in
                group.addTask { @concurrent in all.count(where: slots.claimDone) }
                group.addTask { @concurrent in
                    all.count { slot in
                        memory.sequence(slot).publish(0)
                        memory.done(slot).publishInOrder(0)
                        // As whoever is told of the result.
                        return slots.claimDone(slot)
                    }
                }
                return await group.reduce(0, +)
            }
            try #require(found == 64)
        }
    }

    @Test("are never two callers' at the same time")
    func concurrent() async throws {
        let memory = try Self.memory()
        let slots = CallSlots(memory)
        let owners = (0..<64).map { _ in Counter() }
        let collisions = Counter()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                group.addTask { @concurrent in
                    for round in 0..<5_000 {
                        let size = (task + round) % 7 == 0 ? Self.large : Self.small
                        guard let (slot, offset) = slots.reserve(size, depth: 0) else { continue }
                        if owners[slot].value.add(1, ordering: .relaxed).newValue != 1 {
                            collisions.value.add(1, ordering: .relaxed)
                        }
                        _ = memory.giveBackLarge(at: offset)
                        owners[slot].value.subtract(1, ordering: .relaxed)
                        _ = slots.release(slot)
                    }
                }
            }
        }
        #expect(collisions.value.load(ordering: .relaxed) == 0)
        #expect(slots.count == 0)
        #expect((0..<2).allSatisfy { _ in slots.reserve(Self.large, depth: 0) != nil })
    }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }
}
