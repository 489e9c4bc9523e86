#include "render/scene/stage_geometry.h"

#include "base/core/random.h"
#include "render/beast/beast_skin.h"
#include "render/figure/skin_cache.h"
#include "render/plate/plate.h"
#include "render/scene/soft_mesh.h"

namespace render {
namespace {

// A shape that recurs this often is instanced even when it stands still (trees, chairs).
constexpr size_t kInstanceTriangles = 4000;

base::Boundsf bounds_of(const world::Shape& shape) {
    base::Boundsf b;
    if (shape.bounds.empty()) {
        for (const auto& part : shape.parts) {
            for (const Vec3f& p : part.mesh.positions) b.add(p);
        }
        return b;
    }
    b.low = shape.bounds.low.cast<float>();
    b.high = shape.bounds.high.cast<float>();
    return b;
}

size_t triangle_count(const world::Shape& shape) {
    size_t count = 0;
    for (const auto& part : shape.parts) count += part.mesh.triangles.size();
    return count;
}

DrawnPart drawn(const world::TriMesh& mesh) {
    DrawnPart part;
    part.positions = mesh.positions.data();
    part.normals = mesh.normals.empty() ? nullptr : mesh.normals.data();
    part.uvs = mesh.uvs.empty() ? nullptr : mesh.uvs.data();
    part.triangles = mesh.triangles.data();
    return part;
}

// Animals that something drives are posed; those that fall or are thrown are stiff.
bool walks(const world::Body& body) {
    return body.motion == world::Motion::Driven && body.shape && body.shape->beast && !body.hidden;
}

template <typename T>
T mix3(const T* values, const std::array<uint32_t, 3>& t, float u, float v) {
    return values[t[0]] * (1 - u - v) + values[t[1]] * u + values[t[2]] * v;
}

}  // namespace

struct StageGeometry::Soft {
    enum class Kind { Cloth, Rope, Water, Figure, Beast } kind = Kind::Cloth;
    int index = 0;
    int instance = 0;
    size_t vertex_count = 0;
    uint32_t mask = kOpaque;
    std::shared_ptr<const FigureSkin> skin;
    std::unique_ptr<BeastSkin> beast;
    std::vector<int> part_of_range;  // figure: DrawnPart per FigurePart
    std::vector<uint32_t> part_masks;
    std::vector<std::array<uint32_t, 3>> triangles;
    std::vector<Vec2f> uvs;
    std::vector<Vec3f> rest;
    std::vector<Vec3f> now, before, close, normals, scratch_normals;
    std::unique_ptr<RayMesh> mesh;
    bool visible = false, was_visible = false;
};

StageGeometry::StageGeometry(const Stage& stage, const Settings& settings)
    : stage_(stage), settings_(settings), looks_({.style = settings.style}) {
    DrawnInstance fixed;
    instances_.push_back(fixed);
    add_static_bodies();
    add_lamps();
    static_mesh_.commit();
    add_moving_bodies();
    add_figures();
    add_beasts();
    add_soft();
}
StageGeometry::~StageGeometry() = default;

LookId StageGeometry::resolve_look(const world::Body& body, int body_index,
                                   const world::MeshPart& part) {
    const bool open_air = stage_.set && stage_.set->room.outdoors;
    const bool fixed = body.motion == world::Motion::Static;
    LookRequest request;
    request.material = part.material.empty() ? std::string_view(body.material) : part.material;
    request.pattern = part.pattern;
    request.colour = part.colour;
    if (!request.colour && (part.material.empty() || part.material == body.material)) {
        request.colour = body.colour;
    }
    request.bounds = bounds_of(*body.shape);
    request.emission = part.emission;
    request.has_uv = !part.mesh.uvs.empty();
    request.seed = base::hash_combine(stage_.scene->seed, static_cast<uint64_t>(body_index) + 1);
    if (open_air && stage_.weather == Weather::Rain) request.wetness = fixed ? 0.9f : 0.5f;
    if (open_air && stage_.weather == Weather::Snow && fixed) request.snow_cover = 0.8f;
    return looks_.resolve(request);
}

uint32_t StageGeometry::mask_of(LookId look) const {
    if (looks_.see_through(look)) return kNetting;
    return looks_.transmits(look) ? kGlassy : kOpaque;
}

void StageGeometry::add_static_bodies() {
    const auto& bodies = stage_.scene->bodies;
    std::map<const world::Shape*, int> uses;
    for (const auto& body : bodies) ++uses[body.shape.get()];
    for (size_t i = 0; i < bodies.size(); ++i) {
        const world::Body& body = bodies[i];
        if (body.motion != world::Motion::Static || !body.shape || body.hidden) continue;
        const bool instanced =
            uses[body.shape.get()] > 2 && triangle_count(*body.shape) > kInstanceTriangles;
        if (instanced) continue;  // add_moving_bodies() takes it
        const Placement placement(body.pose);
        for (const auto& mesh_part : body.shape->parts) {
            if (mesh_part.mesh.triangles.empty()) continue;
            DrawnPart part = drawn(mesh_part.mesh);
            part.look = resolve_look(body, static_cast<int>(i), mesh_part);
            part.body_id = static_cast<int>(i);
            part.emission = mesh_part.emission;
            part.placement = placement;
            part.plate = stage_.plate != nullptr && !body.set_part.empty();
            const uint32_t mask = mask_of(part.look);
            static_mesh_.add(mesh_part.mesh.positions, mesh_part.mesh.triangles, mask, placement);
            parts_.push_back(part);
            for (const Vec3f& p : mesh_part.mesh.positions) static_bounds_.add(placement.point(p));
        }
    }
}

void StageGeometry::add_lamps() {
    if (!stage_.set || settings_.style == Style::Noir) return;
    const auto& lamps = stage_.set->lamps;
    for (size_t i = 0; i < lamps.size(); ++i) {
        const world::Lamp& lamp = lamps[i];
        if (lamp.night_only && stage_.time != TimeOfDay::Night && stage_.time != TimeOfDay::Dawn) {
            continue;
        }
        auto mesh = std::make_unique<world::TriMesh>();
        const auto half_w = static_cast<float>(lamp.width_m / 2);
        const auto half_h = static_cast<float>(lamp.height_m / 2);
        if (lamp.shape == world::LampShape::Rectangle) {
            mesh->positions = {{-half_w, -half_h, 0},
                               {half_w, -half_h, 0},
                               {half_w, half_h, 0},
                               {-half_w, half_h, 0}};
            mesh->triangles = {{0, 2, 1}, {0, 3, 2}};  // faces -z
        } else {
            constexpr int kAround = 24, kUp = 12;
            for (int r = 0; r <= kUp; ++r) {
                for (int c = 0; c <= kAround; ++c) {
                    const float polar = static_cast<float>(base::kPi) * static_cast<float>(r) / kUp;
                    const float turn =
                        2 * static_cast<float>(base::kPi) * static_cast<float>(c) / kAround;
                    mesh->positions.push_back(Vec3f{std::sin(polar) * std::cos(turn),
                                                    std::sin(polar) * std::sin(turn),
                                                    -std::cos(polar)} *
                                              half_w);
                }
            }
            mesh->triangles = grid_triangles(kAround + 1, kUp + 1);
        }
        DrawnPart part = drawn(*mesh);
        part.lamp = static_cast<int>(i);
        part.placement = Placement(lamp.pose);
        static_mesh_.add(mesh->positions, mesh->triangles, lamp.invisible ? kHiddenLamp : kLamp,
                         part.placement);
        parts_.push_back(part);
        own_meshes_.push_back(std::move(mesh));
    }
}

void StageGeometry::add_moving_bodies() {
    const auto& bodies = stage_.scene->bodies;
    std::map<const world::Shape*, int> uses;
    for (const auto& body : bodies) ++uses[body.shape.get()];
    for (size_t i = 0; i < bodies.size(); ++i) {
        const world::Body& body = bodies[i];
        if (!body.shape || body.shape->parts.empty()) continue;
        const bool instanced = uses[body.shape.get()] > 2 &&
                               triangle_count(*body.shape) > kInstanceTriangles && !body.hidden;
        if (body.motion == world::Motion::Static && !instanced) continue;
        if (walks(body)) continue;  // add_beasts() takes it
        DrawnInstance instance;
        instance.now = instance.before = instance.close = Placement(body.pose);
        instance.first_part = static_cast<int>(parts_.size());
        std::vector<uint32_t> masks;
        for (const auto& mesh_part : body.shape->parts) {
            if (mesh_part.mesh.triangles.empty()) continue;
            DrawnPart part = drawn(mesh_part.mesh);
            part.look = resolve_look(body, static_cast<int>(i), mesh_part);
            part.body_id = static_cast<int>(i);
            part.emission = mesh_part.emission;
            masks.push_back(mask_of(part.look));
            parts_.push_back(part);
        }
        auto& mesh = shape_meshes_[{body.shape.get(), masks}];
        if (!mesh) {
            mesh = std::make_unique<RayMesh>();
            size_t next = 0;
            for (const auto& mesh_part : body.shape->parts) {
                if (mesh_part.mesh.triangles.empty()) continue;
                mesh->add(mesh_part.mesh.positions, mesh_part.mesh.triangles, masks[next++]);
            }
            mesh->commit();
        }
        body_instances_.push_back(
            {static_cast<int>(i), static_cast<int>(instances_.size()), mesh.get(), false});
        instances_.push_back(instance);
    }
}

void StageGeometry::add_figures() {
    for (size_t f = 0; f < stage_.scene->figures.size(); ++f) {
        auto soft = std::make_unique<Soft>();
        soft->kind = Soft::Kind::Figure;
        soft->index = static_cast<int>(f);
        soft->instance = static_cast<int>(instances_.size());
        soft->skin = skin_of(*stage_.scene->figures[f]);
        DrawnInstance instance;
        instance.first_part = static_cast<int>(parts_.size());
        base::Boundsf bounds;
        for (const Vec3f& p : soft->skin->rest_positions) bounds.add(p);
        for (const FigurePart& range : soft->skin->parts) {
            DrawnPart part;
            part.uvs = soft->skin->uvs.empty() ? nullptr : soft->skin->uvs.data();
            part.tints = soft->skin->tints.empty() ? nullptr : soft->skin->tints.data();
            part.rest = soft->skin->rest_positions.data();
            part.triangles = soft->skin->triangles.data() + range.first_triangle;
            part.body_id = kFirstFigureId + static_cast<int>(f);
            part.roughness = range.roughness;
            part.emission = range.emission;
            part.look = looks_.resolve({.material = range.material,
                                        .pattern = range.pattern,
                                        .colour = range.colour,
                                        .bounds = bounds,
                                        .emission = range.emission,
                                        .has_uv = part.uvs != nullptr,
                                        .seed = f + 1});
            soft->part_masks.push_back(mask_of(part.look));
            parts_.push_back(part);
        }
        soft_.push_back(std::move(soft));
        instances_.push_back(instance);
    }
}

void StageGeometry::add_beasts() {
    const auto& bodies = stage_.scene->bodies;
    for (size_t i = 0; i < bodies.size(); ++i) {
        const world::Body& body = bodies[i];
        if (!walks(body)) continue;
        auto soft = std::make_unique<Soft>();
        soft->kind = Soft::Kind::Beast;
        soft->index = static_cast<int>(i);
        soft->instance = static_cast<int>(instances_.size());
        soft->beast = std::make_unique<BeastSkin>(*body.shape);
        DrawnInstance instance;
        instance.first_part = static_cast<int>(parts_.size());
        for (const auto& mesh_part : body.shape->parts) {
            DrawnPart part = drawn(mesh_part.mesh);
            part.rest = mesh_part.mesh.positions.data();
            part.look = resolve_look(body, static_cast<int>(i), mesh_part);
            part.body_id = static_cast<int>(i);
            part.emission = mesh_part.emission;
            soft->part_masks.push_back(mask_of(part.look));
            parts_.push_back(part);
        }
        soft_.push_back(std::move(soft));
        instances_.push_back(instance);
    }
}

void StageGeometry::add_soft() {
    const world::Scene& scene = *stage_.scene;
    const auto add = [&](Soft::Kind kind, int index, LookRequest request, int body_id) {
        auto soft = std::make_unique<Soft>();
        soft->kind = kind;
        soft->index = index;
        soft->instance = static_cast<int>(instances_.size());
        DrawnInstance instance;
        instance.first_part = static_cast<int>(parts_.size());
        DrawnPart part;
        part.body_id = body_id;
        part.look = looks_.resolve(request);
        part.water = kind == Soft::Kind::Water;
        soft->mask = part.water ? kWaterFace : mask_of(part.look);
        parts_.push_back(part);
        instances_.push_back(instance);
        soft_.push_back(std::move(soft));
    };
    for (size_t i = 0; i < scene.cloths.size(); ++i) {
        const world::Cloth& cloth = scene.cloths[i];
        base::Boundsf bounds;
        bounds.add(Vec3f{0, 0, 0});
        bounds.add(Vec3f{static_cast<float>(cloth.width_m), static_cast<float>(cloth.height_m), 0});
        add(Soft::Kind::Cloth, static_cast<int>(i),
            {.material = cloth.material,
             .pattern = cloth.pattern,
             .colour = cloth.colour,
             .bounds = bounds,
             .has_uv = true,
             .seed = i + 1},
            kClothId + static_cast<int>(i));
    }
    for (size_t i = 0; i < scene.joints.size(); ++i) {
        const world::Joint& joint = scene.joints[i];
        if (joint.kind != world::JointKind::Rope || !joint.visible) continue;
        add(Soft::Kind::Rope, static_cast<int>(i), {.material = joint.rope_material, .seed = i + 1},
            kRopeId + static_cast<int>(i));
    }
    if (scene.water) add(Soft::Kind::Water, 0, {.material = "water"}, kWaterId);
}

void StageGeometry::refresh_soft(Soft& soft, const world::Snapshot& open,
                                 const world::Snapshot& close) {
    soft.was_visible = soft.visible;
    std::swap(soft.before, soft.now);
    const auto find = [&](const world::Snapshot& s, world::SoftState::Kind kind) {
        for (const auto& state : s.soft) {
            if (state.kind == kind && state.index == soft.index) return &state;
        }
        return static_cast<const world::SoftState*>(nullptr);
    };
    const auto fill_water = [&](const world::WaterState& state, std::vector<Vec3f>& out) {
        const world::Water& water = *stage_.scene->water;
        const int columns = state.columns > 1 ? state.columns : 2;
        const int rows = state.rows > 1 ? state.rows : 2;
        const bool flat = state.height_m.size() < static_cast<size_t>(columns) * rows;
        out.resize(static_cast<size_t>(columns) * rows);
        for (int r = 0; r < rows; ++r) {
            for (int c = 0; c < columns; ++c) {
                const size_t i = static_cast<size_t>(r) * columns + c;
                const double x = base::lerp(water.low.x, water.high.x, c / (columns - 1.0));
                const double y = base::lerp(water.low.y, water.high.y, r / (rows - 1.0));
                const double z = water.level_z_m + (flat ? 0.f : state.height_m[i]);
                out[i] = base::Vec3{x, y, z}.cast<float>();
            }
        }
        if (soft.triangles.size() != static_cast<size_t>(columns - 1) * (rows - 1) * 2) {
            soft.triangles = grid_triangles(columns, rows);
        }
    };
    soft.visible = true;
    switch (soft.kind) {
        case Soft::Kind::Figure: {
            const auto i = static_cast<size_t>(soft.index);
            soft.visible = i < open.figures.size() && open.figures[i].visible &&
                           !open.figures[i].joints.empty();
            if (!soft.visible) break;
            const bool held = i < close.figures.size() && !close.figures[i].joints.empty();
            if (&open == &close || !held) {
                pose(*soft.skin, open.figures[i], soft.now, soft.normals);
                soft.close.clear();
            } else {
                pose(*soft.skin, close.figures[i], soft.close, soft.scratch_normals);
                pose(*soft.skin, open.figures[i], soft.now, soft.normals);
            }
            break;
        }
        case Soft::Kind::Beast: {
            const auto i = static_cast<size_t>(soft.index);
            soft.visible = i < open.bodies.size() && open.bodies[i].visible;
            if (!soft.visible) break;
            const auto pose_at = [&](const world::Snapshot& s, std::vector<Vec3f>& positions,
                                     std::vector<Vec3f>& normals) {
                world::BeastPose pose;
                for (const world::BeastState& state : s.beasts)
                    if (state.body == soft.index) pose = state.pose;
                soft.beast->pose(s.bodies[i].pose, pose, positions, normals);
            };
            soft.close.clear();
            if (&open != &close && i < close.bodies.size())
                pose_at(close, soft.close, soft.scratch_normals);
            pose_at(open, soft.now, soft.normals);
            break;
        }
        case Soft::Kind::Cloth: {
            const world::Cloth& cloth = stage_.scene->cloths[static_cast<size_t>(soft.index)];
            const auto* state = find(open, world::SoftState::Kind::Cloth);
            const auto* later = find(close, world::SoftState::Kind::Cloth);
            const auto count = static_cast<size_t>(cloth.columns) * cloth.rows;
            soft.visible = state && state->vertices.size() == count;
            if (!soft.visible) break;
            soft.now = state->vertices;
            soft.close = later ? later->vertices : soft.now;
            if (soft.triangles.empty()) {
                soft.triangles = grid_triangles(cloth.columns, cloth.rows);
                for (int r = 0; r < cloth.rows; ++r) {
                    for (int c = 0; c < cloth.columns; ++c) {
                        const auto x = static_cast<float>(cloth.width_m * c / (cloth.columns - 1));
                        const auto y = static_cast<float>(cloth.height_m * r / (cloth.rows - 1));
                        soft.uvs.push_back({x, y});
                        soft.rest.push_back({x, y, 0});
                    }
                }
            }
            smooth_normals(soft.now, soft.triangles, soft.normals);
            break;
        }
        case Soft::Kind::Rope: {
            const world::Joint& joint = stage_.scene->joints[static_cast<size_t>(soft.index)];
            const auto* state = find(open, world::SoftState::Kind::Rope);
            const auto* later = find(close, world::SoftState::Kind::Rope);
            soft.visible = state && state->vertices.size() > 1;
            if (!soft.visible) break;
            const auto radius = static_cast<float>(joint.rope_radius_m);
            soft.close.clear();
            if (later && later->vertices.size() == state->vertices.size()) {
                tube_positions(later->vertices, radius, soft.close, soft.scratch_normals);
            }
            tube_positions(state->vertices, radius, soft.now, soft.normals);
            if (soft.rest.size() != soft.now.size()) {
                soft.triangles = tube_triangles(static_cast<int>(state->vertices.size()));
                soft.rest.resize(soft.now.size());
                for (size_t i = 0; i < soft.rest.size(); ++i) {
                    const float along = static_cast<float>(i / kRopeSides) *
                                        static_cast<float>(joint.length_m) /
                                        static_cast<float>(state->vertices.size() - 1);
                    const float turn = 2 * static_cast<float>(base::kPi) *
                                       static_cast<float>(i % kRopeSides) / kRopeSides;
                    soft.rest[i] = {radius * std::cos(turn), radius * std::sin(turn), along};
                }
            }
            break;
        }
        case Soft::Kind::Water: {
            fill_water(close.water, soft.close);
            fill_water(open.water, soft.now);
            if (soft.close.size() != soft.now.size()) soft.close.clear();
            smooth_normals(soft.now, soft.triangles, soft.normals);
            break;
        }
    }
    soft.mesh.reset();
    DrawnInstance& instance = instances_[static_cast<size_t>(soft.instance)];
    instance.moving = soft.visible != soft.was_visible;
    if (!soft.visible) return;
    if (soft.before.size() != soft.now.size()) soft.before.clear();
    if (soft.close.size() != soft.now.size()) soft.close.clear();
    instance.moving |= (soft.before.empty() && updated_once_) ||
                       (!soft.before.empty() && soft.before != soft.now) ||
                       (!soft.close.empty() && soft.close != soft.now) ||
                       soft.kind == Soft::Kind::Water;
    soft.mesh = std::make_unique<RayMesh>();
    const auto bind = [&](DrawnPart& part) {
        part.positions = soft.now.data();
        part.normals = soft.normals.data();
        part.positions_before = soft.before.empty() ? nullptr : soft.before.data();
        part.positions_close = soft.close.empty() ? nullptr : soft.close.data();
    };
    if (soft.kind == Soft::Kind::Beast) {
        size_t first = 0, k = 0;
        const auto& shape = *stage_.scene->bodies[static_cast<size_t>(soft.index)].shape;
        for (const world::MeshPart& own : shape.parts) {
            DrawnPart& part = parts_[static_cast<size_t>(instance.first_part) + k];
            bind(part);
            part.positions += first;
            part.normals = own.mesh.normals.empty() ? nullptr : part.normals + first;
            if (part.positions_before) part.positions_before += first;
            if (part.positions_close) part.positions_close += first;
            const size_t count = own.mesh.positions.size();
            soft.mesh->add(std::span(soft.now).subspan(first, count), own.mesh.triangles,
                           soft.part_masks[k++]);
            first += count;
        }
    } else if (soft.kind == Soft::Kind::Figure) {
        for (size_t i = 0; i < soft.skin->parts.size(); ++i) {
            const FigurePart& range = soft.skin->parts[i];
            bind(parts_[static_cast<size_t>(instance.first_part) + i]);
            soft.mesh->add(soft.now,
                           std::span(soft.skin->triangles)
                               .subspan(static_cast<size_t>(range.first_triangle),
                                        static_cast<size_t>(range.triangle_count)),
                           soft.part_masks[i]);
        }
    } else {
        DrawnPart& part = parts_[static_cast<size_t>(instance.first_part)];
        bind(part);
        part.triangles = soft.triangles.data();
        part.uvs = soft.uvs.empty() ? nullptr : soft.uvs.data();
        part.rest = soft.rest.empty() ? nullptr : soft.rest.data();
        soft.mesh->add(soft.now, soft.triangles, soft.mask);
    }
    soft.mesh->commit();
}

void StageGeometry::update(const world::Snapshot& open, const world::Snapshot& close) {
    rays_.clear();
    moving_rays_.clear();
    anything_moving_ = false;
    rays_.add(0, static_mesh_, {});
    for (BodyInstance& item : body_instances_) {
        DrawnInstance& instance = instances_[static_cast<size_t>(item.instance)];
        const auto body = static_cast<size_t>(item.body);
        const bool known = body < open.bodies.size();
        const bool visible = known ? open.bodies[body].visible : !stage_.scene->bodies[body].hidden;
        const Placement now(known ? open.bodies[body].pose : stage_.scene->bodies[body].pose);
        instance.before = updated_once_ && item.was_visible ? instance.now : now;
        instance.now = now;
        instance.close = body < close.bodies.size() ? Placement(close.bodies[body].pose) : now;
        instance.moving = !(instance.before == instance.now) || !(instance.close == instance.now) ||
                          (updated_once_ && visible != item.was_visible);
        item.was_visible = visible;
        anything_moving_ |= instance.moving;
        if (visible) rays_.add(item.instance, *item.mesh, now);
        if (visible && instance.moving) moving_rays_.add(item.instance, *item.mesh, now);
    }
    for (auto& soft : soft_) {
        refresh_soft(*soft, open, close);
        anything_moving_ |= instances_[static_cast<size_t>(soft->instance)].moving;
        if (!soft->visible) continue;
        rays_.add(soft->instance, *soft->mesh, {});
        if (instances_[static_cast<size_t>(soft->instance)].moving)
            moving_rays_.add(soft->instance, *soft->mesh, {});
    }
    rays_.commit();
    moving_rays_.commit();
    updated_once_ = true;
}

SurfaceHit StageGeometry::resolve(const RayHit& ray, Vec3f direction) const {
    SurfaceHit hit;
    hit.ray = ray;
    hit.t = ray.t;
    const DrawnInstance& instance = instances_[static_cast<size_t>(ray.instance)];
    const DrawnPart& part = parts_[static_cast<size_t>(instance.first_part + ray.part)];
    hit.instance = &instance;
    hit.part = &part;
    const Placement& placement = ray.instance == 0 ? part.placement : instance.now;
    const auto& triangle = part.triangles[ray.triangle];
    const Vec3f a = part.positions[triangle[0]], b = part.positions[triangle[1]],
                c = part.positions[triangle[2]];
    const Vec3f local = a * (1 - ray.u - ray.v) + b * ray.u + c * ray.v;
    const Vec3f flat = normalize(cross(b - a, c - a));
    Vec3f smooth = flat;
    if (part.normals) {
        smooth = normalize(mix3(part.normals, triangle, ray.u, ray.v));
        if (!(dot(smooth, flat) > 0.05f)) smooth = normalize(smooth + flat * 1.05f);
        if (!(length_squared(smooth) > 0.5f)) smooth = flat;
    }
    hit.look_position = part.rest ? mix3(part.rest, triangle, ray.u, ray.v) : local;
    hit.look_normal = smooth;
    if (part.uvs) hit.uv = mix3(part.uvs, triangle, ray.u, ray.v);
    hit.position = placement.point(local);
    hit.geometric_normal = placement.vector(flat);
    hit.shading_normal = placement.vector(smooth);
    hit.inside = dot(hit.geometric_normal, direction) > 0;
    return hit;
}

Surface StageGeometry::surface(const SurfaceHit& hit, float footprint_m, float time_s) const {
    const DrawnPart& part = *hit.part;
    if (part.plate) {
        Surface s;
        s.albedo = stage_.plate->ground_albedo(hit.position);
        s.normal = hit.inside ? -hit.geometric_normal : hit.geometric_normal;
        s.roughness = 1;
        s.specular = 0;
        return s;
    }
    Surface s = looks_.evaluate(part.look, {.p = hit.look_position,
                                            .n = hit.look_normal,
                                            .uv = hit.uv,
                                            .footprint_m = footprint_m,
                                            .time_s = time_s});
    if (part.tints) {
        s.albedo *= mix3(part.tints, part.triangles[hit.ray.triangle], hit.ray.u, hit.ray.v);
    }
    if (part.roughness >= 0) s.roughness = std::max(0.02f, part.roughness);
    const Placement& placement = hit.ray.instance == 0 ? part.placement : hit.instance->now;
    s.normal = placement.vector(s.normal);
    if (hit.inside) s.normal = -s.normal;
    return s;
}

Vec3f StageGeometry::mean_albedo(const SurfaceHit& hit) const {
    if (hit.part->plate) return stage_.plate->ground_albedo(hit.position);
    const Surface& look = looks_.mean(hit.part->look);
    return look.albedo * (1 - look.transmission);
}

Vec3f StageGeometry::position_before(const SurfaceHit& hit) const {
    if (hit.ray.instance == 0) return hit.position;
    const DrawnPart& part = *hit.part;
    const Vec3f* positions = part.positions_before ? part.positions_before : part.positions;
    const Vec3f local = mix3(positions, part.triangles[hit.ray.triangle], hit.ray.u, hit.ray.v);
    return hit.instance->before.point(local);
}

Vec3f StageGeometry::position_at_close(const SurfaceHit& hit) const {
    if (hit.ray.instance == 0) return hit.position;
    const DrawnPart& part = *hit.part;
    const Vec3f* positions = part.positions_close ? part.positions_close : part.positions;
    const Vec3f local = mix3(positions, part.triangles[hit.ray.triangle], hit.ray.u, hit.ray.v);
    return hit.instance->close.point(local);
}

}  // namespace render
