#include "world/step/build.h"

#include <algorithm>

namespace world::step {

namespace {

bool finite(Vec3 v) { return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z); }
bool finite(Quat q) {
    return std::isfinite(q.x) && std::isfinite(q.y) && std::isfinite(q.z) && std::isfinite(q.w);
}

base::Status check_body(const Body& body, const Scene& scene) {
    const std::string where = "body \"" + body.name + "\"";
    if (!body.shape) return base::failed("a body needs a shape", where);
    if (!finite(body.pose.translation) || !finite(body.pose.rotation) ||
        !finite(body.velocity_mps) || !finite(body.angular_velocity_radps)) {
        return base::failed("pose and velocity must be finite numbers", where);
    }
    if (!std::isfinite(body.mass_kg) || body.mass_kg < 0) {
        return base::failed("mass must be zero (from volume) or positive", where);
    }
    if (!find_material(body.material)) {
        return base::failed("unknown material \"" + body.material + "\"", where);
    }
    for (const CollisionPart& part : body.shape->collision) {
        const Vec3 h = part.half_extents;
        using enum CollisionKind;
        const bool solid = part.kind == ConvexHull || part.kind == StaticMesh ||
                           (part.kind == Box ? h.x > 0 && h.y > 0 && h.z > 0 : h.x > 0);
        if (!solid || !finite(h)) return base::failed("a collision part has no size", where);
        if (part.kind == ConvexHull && part.points.empty()) {
            return base::failed("a convex hull has no points", where);
        }
        if (part.kind == StaticMesh && part.triangles.empty()) {
            return base::failed("a collision mesh has no triangles", where);
        }
        if (part.kind == StaticMesh && body.motion == Motion::Dynamic) {
            return base::failed("meshes collide only on static and driven bodies; use hulls",
                                where);
        }
    }
    if (body.motion == Motion::Dynamic && body.shape->collision.empty()) {
        return base::failed("a dynamic body needs a collision part", where);
    }
    for (BodyIndex shard : body.shards) {
        if (shard < 0 || shard >= static_cast<BodyIndex>(scene.bodies.size()) ||
            !scene.bodies[shard].hidden) {
            return base::failed("shards must be hidden bodies of the scene", where);
        }
    }
    return {};
}

base::Status check_joint(const Joint& joint, size_t index, const Scene& scene) {
    const std::string where = "joint " + std::to_string(index);
    const auto count = static_cast<BodyIndex>(scene.bodies.size());
    if (joint.a < kNoBody || joint.a >= count || joint.b < kNoBody || joint.b >= count) {
        return base::failed("a joint names a body that is not there", where);
    }
    if (joint.a == joint.b) return base::failed("a joint needs two different ends", where);
    if (!finite(joint.point) || !finite(joint.point_b) || !finite(joint.axis)) {
        return base::failed("joint points must be finite numbers", where);
    }
    if (joint.kind == JointKind::Rope && joint.length_m <= 0 &&
        length(joint.point_b - joint.point) <= 0) {
        return base::failed("a rope needs a length", where);
    }
    return {};
}

// Words that stand alone in events even when they are a part of a larger set body.
bool stands_alone(const std::string& part) {
    return part == "floor" || part == "wall" || part == "ceiling" || part.find('.') != part.npos;
}

std::string event_name(const Body& body, const std::string& part) {
    const std::string& own = body.set_part.empty() ? body.name : body.set_part;
    if (body.motion == Motion::Dynamic || part.empty() || part == own) return own;
    return stands_alone(part) ? part : own + "." + part;
}

BodyModel model_of(const Body& body, MaterialTable& table) {
    BodyModel m;
    m.shape = compile_shape(body.shape, body.material);
    m.motion = body.motion;
    m.solid = !body.sensor;
    for (const CompiledPart& part : m.shape->parts) {
        m.part_material.push_back(
            table.index_of(part.material.empty() ? body.material : part.material));
        m.part_event_name.push_back(event_name(body, part.name));
    }
    m.mass = body.mass_kg > 0 ? body.mass_kg : m.shape->mass_kg;
    if (body.motion == Motion::Dynamic && m.mass > 0) {
        m.inverse_mass = 1 / m.mass;
        m.inertia = m.shape->unit_inertia * m.mass;
        m.inverse_inertia = m.inertia.inverse();
    }
    return m;
}

}  // namespace

int MaterialTable::index_of(const std::string& name) {
    const Material* wanted = &material(name);
    for (size_t i = 0; i < materials.size(); ++i) {
        if (materials[i] == wanted) return static_cast<int>(i);
    }
    materials.push_back(wanted);
    return static_cast<int>(materials.size()) - 1;
}

void MaterialTable::fill_pairs() {
    for (const Material* a : materials) {
        for (const Material* b : materials) pair.push_back(contact_between(a->name, b->name));
    }
}

void refresh_now(Dynamics& d, int body) {
    BodyNow& now = d.now[body];
    now.rotation = Mat3::rotation(d.bodies[body].q);
    if (d.movable(body) && d.bodies[body].awake) {
        now.inverse_mass = d.models[body].inverse_mass;
        now.inverse_inertia =
            now.rotation * d.models[body].inverse_inertia * now.rotation.transposed();
    } else {
        now.inverse_mass = 0;
        now.inverse_inertia = {};
    }
}

base::Result<Dynamics> build_dynamics(const Scene& scene, const SimulatorSettings& settings) {
    if (!(settings.step_s > 0) || settings.step_s > 1.0 / 100) {
        return base::failed("the step must be between 0 and 1/100 s");
    }
    for (const Body& body : scene.bodies) TRY(check_body(body, scene));
    for (size_t i = 0; i < scene.joints.size(); ++i) TRY(check_joint(scene.joints[i], i, scene));

    Dynamics d;
    d.scene = scene;
    d.settings = settings;
    for (const Body& body : scene.bodies) {
        d.models.push_back(model_of(body, d.materials));
        const BodyModel& m = d.models.back();
        if (body.motion == Motion::Dynamic && !(m.mass > 0)) {
            return base::failed("a dynamic body needs a mass or a volume",
                                "body \"" + body.name + "\"");
        }
        RigidState s;
        s.q = body.pose.rotation.normalized();
        s.x = body.pose.apply(m.shape->centre_of_mass);
        s.v = body.velocity_mps;
        s.w = body.angular_velocity_radps;
        s.old_x = s.x, s.old_q = s.q;
        s.hidden = body.hidden;
        s.held = body.motion == Motion::Dynamic && body.release_s.has_value();
        d.bodies.push_back(s);
    }
    d.materials.fill_pairs();
    for (const Joint& joint : scene.joints) {
        if (joint.kind == JointKind::Rope || joint.a < 0 || joint.b < 0) continue;
        d.ignored_pairs.push_back({std::min(joint.a, joint.b), std::max(joint.a, joint.b)});
    }
    std::sort(d.ignored_pairs.begin(), d.ignored_pairs.end());
    d.joints.resize(scene.joints.size());
    d.speed_at_pairing.resize(d.bodies.size(), 0);
    d.now.resize(d.bodies.size());
    for (int i = 0; i < static_cast<int>(d.bodies.size()); ++i) refresh_now(d, i);
    return d;
}

}  // namespace world::step
