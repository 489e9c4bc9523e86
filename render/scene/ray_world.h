// Rays against triangles: the only door to Embree 3.
//
// A RayMesh holds triangle meshes in one frame ("parts", numbered as added). A RayWorld is a list
// of placed RayMeshes ("instances", numbered as added), rebuilt every frame in well under a
// millisecond for hundreds of bodies. Structures are built by one thread each (same tree in every
// run); queries may come from any number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "render/scene/placement.h"

namespace render {

// What a ray can meet. A part belongs to one class, a ray lists the classes that stop it.
enum RayMask : uint32_t {
    kOpaque = 1,      // stops light
    kGlassy = 2,      // transmits: shadow rays treat it apart
    kLamp = 4,        // visible emitters
    kHiddenLamp = 8,  // lamps that the camera does not see, mirrors do
    kNetting = 16,    // holes by opacity
    kWaterFace = 32,
    kEverything = kOpaque | kGlassy | kLamp | kHiddenLamp | kNetting | kWaterFace,
    kSeen = kEverything & ~kHiddenLamp,
    kVeils = kGlassy | kNetting | kWaterFace,  // what shadow rays are weakened by
};

struct RayHit {
    float t = 0;
    int instance = -1;  // -1 = nothing
    int part = 0;
    uint32_t triangle = 0;
    float u = 0, v = 0;  // barycentric weights of vertices 1 and 2
};

// Sixteen rays side by side; same layout as Embree's RTCRayHit16 (checked there).
struct alignas(64) RayPacket {
    static constexpr int kSize = 16;
    static constexpr uint32_t kNone = ~0u;
    float origin_x[16], origin_y[16], origin_z[16], t_near[16];
    float direction_x[16], direction_y[16], direction_z[16], time[16];
    float t_far[16];  // after occluded(): -inf where something is in the way
    uint32_t mask[16], id[16], flags[16];
    float ng_x[16], ng_y[16], ng_z[16], u[16], v[16];
    uint32_t triangle[16], part[16], instance[16];

    void set(int lane, Vec3f origin, Vec3f direction, float near, float far, uint32_t ray_mask) {
        origin_x[lane] = origin.x;
        origin_y[lane] = origin.y;
        origin_z[lane] = origin.z;
        direction_x[lane] = direction.x;
        direction_y[lane] = direction.y;
        direction_z[lane] = direction.z;
        t_near[lane] = near;
        t_far[lane] = far;
        time[lane] = 0;
        mask[lane] = ray_mask;
        id[lane] = flags[lane] = 0;
        part[lane] = instance[lane] = kNone;
    }
    bool blocked(int lane) const { return t_far[lane] < 0; }
    RayHit hit(int lane) const {
        RayHit h;
        if (part[lane] == kNone) return h;
        h.t = t_far[lane];
        h.instance = static_cast<int>(instance[lane]);
        h.part = static_cast<int>(part[lane]);
        h.triangle = triangle[lane];
        h.u = u[lane];
        h.v = v[lane];
        return h;
    }
};

class RayMesh {
public:
    RayMesh();
    ~RayMesh();
    RayMesh(const RayMesh&) = delete;
    RayMesh& operator=(const RayMesh&) = delete;

    // Copies the triangles, moved by `placement`. Returns the part's number.
    int add(std::span<const Vec3f> positions, std::span<const std::array<uint32_t, 3>> triangles,
            uint32_t mask, const Placement& placement = {});
    void commit();
    int part_count() const;

private:
    friend class RayWorld;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

class RayWorld {
public:
    RayWorld();
    ~RayWorld();
    RayWorld(const RayWorld&) = delete;
    RayWorld& operator=(const RayWorld&) = delete;

    void clear();
    // `mesh` is committed and outlives the next clear(). Instances are numbered by the caller.
    void add(int instance, const RayMesh& mesh, const Placement& placement);
    void commit();

    // Lanes with t_near > t_far are off. Hits land in the packet.
    void intersect(RayPacket& packet) const;
    void occluded(RayPacket& packet) const;
    RayHit intersect(Vec3f origin, Vec3f direction, float near, float far, uint32_t mask) const;
    bool occluded(Vec3f origin, Vec3f direction, float near, float far, uint32_t mask) const;

    // The same among veils alone, which have a tree of their own: most shadow rays meet none.
    bool has_veils() const;
    void occluded_by_veils(RayPacket& packet) const;
    RayHit intersect_veils(Vec3f origin, Vec3f direction, float near, float far) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace render
