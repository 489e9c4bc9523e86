#include "render/scene/ray_world.h"

#include <embree3/rtcore.h>

#include <cstddef>
#include <string>

#include "base/core/check.h"
#include "base/cpu/isa.h"
#include "render/scene/threads.h"

namespace render {
namespace {

static_assert(sizeof(RayPacket) == sizeof(RTCRayHit16));
static_assert(offsetof(RayPacket, t_far) == offsetof(RTCRay16, tfar));
static_assert(offsetof(RayPacket, ng_x) == offsetof(RTCRayHit16, hit));
static_assert(offsetof(RayPacket, instance) - offsetof(RayPacket, ng_x) ==
              offsetof(RTCHit16, instID));

// One device for the process: it holds no geometry of its own. No `threads=` here: Embree would
// hand that number to tbb::global_control and hold the whole process to it. Builds run on the
// calling thread all the same (commit_alone).
RTCDevice device() {
    static const RTCDevice the_device = [] {
        std::string config = "set_affinity=0";
        if (base::isa_level() == "sse2") config += ",isa=sse2,max_isa=sse2";
        if (base::isa_level() == "avx2") config += ",max_isa=avx2";
        const RTCDevice made = rtcNewDevice(config.c_str());
        CHECK(made != nullptr, "Embree gives no device");
        return made;
    }();
    return the_device;
}

void commit_alone(RTCScene scene) {
    run_alone([&] { rtcJoinCommitScene(scene); });
}

alignas(64) const
    int kAllLanes[16] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

RTCScene new_scene() {
    const RTCScene scene = rtcNewScene(device());
    rtcSetSceneFlags(scene, RTC_SCENE_FLAG_ROBUST);
    return scene;
}

RayHit closest(RTCScene scene, Vec3f origin, Vec3f direction, float near, float far,
               uint32_t mask) {
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    RTCRayHit ray{};
    ray.ray = {origin.x,    origin.y, origin.z, near, direction.x, direction.y,
               direction.z, 0,        far,      mask, 0,           0};
    ray.hit.geomID = RTC_INVALID_GEOMETRY_ID;
    ray.hit.instID[0] = RTC_INVALID_GEOMETRY_ID;
    rtcIntersect1(scene, &context, &ray);
    RayHit hit;
    if (ray.hit.geomID == RTC_INVALID_GEOMETRY_ID) return hit;
    hit.t = ray.ray.tfar;
    hit.instance = static_cast<int>(ray.hit.instID[0]);
    hit.part = static_cast<int>(ray.hit.geomID);
    hit.triangle = ray.hit.primID;
    hit.u = ray.hit.u;
    hit.v = ray.hit.v;
    return hit;
}

void any(RTCScene scene, RayPacket& packet) {
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    rtcOccluded16(kAllLanes, scene, &context, reinterpret_cast<RTCRay16*>(&packet));
}

}  // namespace

struct RayMesh::Impl {
    RTCScene scene = new_scene();
    RTCScene veils = nullptr;  // those parts again, under the same numbers; null = none
    int parts = 0;
    ~Impl() {
        rtcReleaseScene(scene);
        if (veils) rtcReleaseScene(veils);
    }
};

RayMesh::RayMesh() : impl_(std::make_unique<Impl>()) {}
RayMesh::~RayMesh() = default;

int RayMesh::add(std::span<const Vec3f> positions,
                 std::span<const std::array<uint32_t, 3>> triangles, uint32_t mask,
                 const Placement& placement) {
    const RTCGeometry geometry = rtcNewGeometry(device(), RTC_GEOMETRY_TYPE_TRIANGLE);
    auto* points = static_cast<float*>(
        rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3,
                                3 * sizeof(float), std::max<size_t>(positions.size(), 1)));
    for (size_t i = 0; i < positions.size(); ++i) {
        const Vec3f p = placement.point(positions[i]);
        points[3 * i] = p.x;
        points[3 * i + 1] = p.y;
        points[3 * i + 2] = p.z;
    }
    auto* indices = static_cast<uint32_t*>(
        rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3,
                                3 * sizeof(uint32_t), std::max<size_t>(triangles.size(), 1)));
    indices[0] = indices[1] = indices[2] = 0;
    for (size_t i = 0; i < triangles.size(); ++i) {
        for (int k = 0; k < 3; ++k) indices[3 * i + k] = triangles[i][k];
    }
    rtcSetGeometryMask(geometry, mask);
    rtcCommitGeometry(geometry);
    rtcAttachGeometryByID(impl_->scene, geometry, static_cast<unsigned>(impl_->parts));
    if (mask & kVeils) {
        if (!impl_->veils) impl_->veils = new_scene();
        rtcAttachGeometryByID(impl_->veils, geometry, static_cast<unsigned>(impl_->parts));
    }
    rtcReleaseGeometry(geometry);
    return impl_->parts++;
}

void RayMesh::commit() {
    commit_alone(impl_->scene);
    if (impl_->veils) commit_alone(impl_->veils);
}
int RayMesh::part_count() const { return impl_->parts; }

struct RayWorld::Impl {
    RTCScene scene = nullptr, veils = nullptr;
    bool has_veils = false;
    ~Impl() { release(); }
    void release() {
        if (scene) rtcReleaseScene(scene);
        if (veils) rtcReleaseScene(veils);
    }
};

RayWorld::RayWorld() : impl_(std::make_unique<Impl>()) { clear(); }
RayWorld::~RayWorld() = default;

void RayWorld::clear() {
    impl_->release();
    impl_->scene = new_scene();
    impl_->veils = new_scene();
    impl_->has_veils = false;
}

void RayWorld::add(int instance, const RayMesh& mesh, const Placement& placement) {
    const Vec3f columns[4] = {placement.x, placement.y, placement.z, placement.t};
    float matrix[12];
    for (int i = 0; i < 4; ++i) {
        for (int k = 0; k < 3; ++k) matrix[3 * i + k] = columns[i][k];
    }
    const auto place = [&](RTCScene mesh_scene, RTCScene world) {
        const RTCGeometry geometry = rtcNewGeometry(device(), RTC_GEOMETRY_TYPE_INSTANCE);
        rtcSetGeometryInstancedScene(geometry, mesh_scene);
        rtcSetGeometryTransform(geometry, 0, RTC_FORMAT_FLOAT3X4_COLUMN_MAJOR, matrix);
        rtcSetGeometryMask(geometry, kEverything);
        rtcCommitGeometry(geometry);
        rtcAttachGeometryByID(world, geometry, static_cast<unsigned>(instance));
        rtcReleaseGeometry(geometry);
    };
    place(mesh.impl_->scene, impl_->scene);
    if (mesh.impl_->veils) {
        place(mesh.impl_->veils, impl_->veils);
        impl_->has_veils = true;
    }
}

void RayWorld::commit() {
    commit_alone(impl_->scene);
    commit_alone(impl_->veils);
}

void RayWorld::intersect(RayPacket& packet) const {
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
    rtcIntersect16(kAllLanes, impl_->scene, &context, reinterpret_cast<RTCRayHit16*>(&packet));
}

void RayWorld::occluded(RayPacket& packet) const { any(impl_->scene, packet); }

RayHit RayWorld::intersect(Vec3f origin, Vec3f direction, float near, float far,
                           uint32_t mask) const {
    return closest(impl_->scene, origin, direction, near, far, mask);
}

bool RayWorld::occluded(Vec3f origin, Vec3f direction, float near, float far, uint32_t mask) const {
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    RTCRay ray{origin.x,    origin.y, origin.z, near, direction.x, direction.y,
               direction.z, 0,        far,      mask, 0,           0};
    rtcOccluded1(impl_->scene, &context, &ray);
    return ray.tfar < 0;
}

bool RayWorld::has_veils() const { return impl_->has_veils; }

void RayWorld::occluded_by_veils(RayPacket& packet) const { any(impl_->veils, packet); }

RayHit RayWorld::intersect_veils(Vec3f origin, Vec3f direction, float near, float far) const {
    return closest(impl_->veils, origin, direction, near, far, kVeils);
}

}  // namespace render
