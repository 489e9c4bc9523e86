// Everything in front of the camera as triangles with looks: the set, bodies, figures, cloths,
// ropes, water and lamps, at the instant of a frame, and where each point was a frame before.
//
// Static bodies are baked into instance 0 once. Moving bodies are instances of their shape's mesh.
// Soft things are re-meshed every frame. Not thread safe while update() runs; const otherwise.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "render/figure/figure_mesh.h"
#include "render/material/surface.h"
#include "render/render.h"
#include "render/scene/ray_world.h"

namespace render {

constexpr int kFirstFigureId = 1'000'000;  // Passes::body_id of figure 0
constexpr int kClothId = 2'000'000, kRopeId = 3'000'000, kWaterId = 4'000'000;

struct DrawnPart {
    const Vec3f* positions = nullptr;  // frame of the instance or of `placement`
    const Vec3f* normals = nullptr;    // null = flat
    const Vec2f* uvs = nullptr;
    const Vec3f* tints = nullptr;             // multiply the albedo
    const Vec3f* rest = nullptr;              // where looks are anchored; null = positions
    const Vec3f* positions_before = nullptr;  // a frame ago; null = positions
    const Vec3f* positions_close = nullptr;   // when the shutter closes; null = positions
    const std::array<uint32_t, 3>* triangles = nullptr;
    LookId look = -1;
    int body_id = -1;
    int lamp = -1;         // index of SetModel::lamps
    float roughness = -1;  // overrides the look's; -1 = not
    float emission = 0;
    bool water = false;
    bool plate = false;   // ground that shows Stage::plate
    Placement placement;  // of parts of instance 0
};

struct DrawnInstance {
    Placement now, before, close;
    int first_part = 0;
    bool moving = false;  // differs from the frame before or within the shutter
};

struct SurfaceHit {
    float t = 0;
    Vec3f position;                          // world
    Vec3f geometric_normal, shading_normal;  // world, unit, as modelled (outward)
    Vec3f look_position, look_normal;        // frame of the look
    Vec2f uv{};
    const DrawnPart* part = nullptr;
    const DrawnInstance* instance = nullptr;
    RayHit ray;
    bool inside = false;  // the ray met the back of the surface
};

class StageGeometry {
public:
    StageGeometry(const Stage& stage, const Settings& settings);
    ~StageGeometry();

    // Moves everything to `open`. The state of the last call becomes "before".
    void update(const world::Snapshot& open, const world::Snapshot& close);

    const RayWorld& rays() const { return rays_; }
    // Only the instances that move.
    const RayWorld& moving_rays() const { return moving_rays_; }
    const LookTable& looks() const { return looks_; }
    SurfaceHit resolve(const RayHit& hit, Vec3f direction) const;
    // The look at a hit; `normal` in the world, on the side of the ray.
    Surface surface(const SurfaceHit& hit, float footprint_m, float time_s) const;
    // Its mean over the whole part, at no cost; of a plate's ground: there.
    Vec3f mean_albedo(const SurfaceHit& hit) const;
    // World position of the same material point a frame ago / when the shutter closes.
    Vec3f position_before(const SurfaceHit& hit) const;
    Vec3f position_at_close(const SurfaceHit& hit) const;
    bool instance_moving(int instance) const { return instances_[instance].moving; }
    bool anything_moving() const { return anything_moving_; }
    // What stands for the set, or null.
    const Plate* plate() const { return stage_.plate; }
    // Extent of the static things, without far backdrops.
    const base::Boundsf& static_bounds() const { return static_bounds_; }

private:
    struct Soft;  // a mesh whose vertices are given anew each frame
    void add_static_bodies();
    void add_lamps();
    void add_moving_bodies();
    void add_figures();
    void add_beasts();
    void add_soft();
    LookId resolve_look(const world::Body& body, int body_index, const world::MeshPart& part);
    uint32_t mask_of(LookId look) const;
    void refresh_soft(Soft& soft, const world::Snapshot& open, const world::Snapshot& close);

    Stage stage_;
    Settings settings_;
    LookTable looks_;
    RayWorld rays_, moving_rays_;
    RayMesh static_mesh_;
    base::Boundsf static_bounds_;
    std::vector<DrawnPart> parts_;
    std::vector<DrawnInstance> instances_;
    struct BodyInstance {
        int body, instance;
        const RayMesh* mesh;
        bool was_visible;
    };
    std::vector<BodyInstance> body_instances_;
    // By shape and the masks of its parts: a glass dog and a clay dog may share one shape.
    std::map<std::pair<const world::Shape*, std::vector<uint32_t>>, std::unique_ptr<RayMesh>>
        shape_meshes_;
    std::vector<std::unique_ptr<Soft>> soft_;
    std::vector<std::unique_ptr<world::TriMesh>> own_meshes_;
    bool anything_moving_ = false, updated_once_ = false;
};

}  // namespace render
