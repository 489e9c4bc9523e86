#include "world/step/carriers.h"

#include "world/figure/figure.h"

namespace world::step {

namespace {

Vec3 turn_between(Quat from, Quat to) {
    Quat q = to * from.conjugate();
    if (q.w < 0) q = {-q.x, -q.y, -q.z, -q.w};
    const Vec3 v{q.x, q.y, q.z};
    const double s = length(v);
    return s < 1e-12 ? v * 2.0 : v * (2 * std::atan2(s, q.w) / s);
}

base::Transform blend(const base::Transform& a, const base::Transform& b, double share) {
    return {a.translation + (b.translation - a.translation) * share,
            base::slerp(a.rotation, b.rotation, share)};
}

base::Transform wide(const base::Transformf& t) {
    return {t.translation.cast<double>(), t.rotation.cast<double>()};
}

}  // namespace

FigureState blend(const FigureState& a, const FigureState& b, double share) {
    FigureState out = share < 0.5 ? a : b;
    const auto s = static_cast<float>(share);
    for (size_t i = 0; i < a.joints.size() && i < b.joints.size(); ++i) {
        out.joints[i].translation =
            a.joints[i].translation + (b.joints[i].translation - a.joints[i].translation) * s;
        out.joints[i].rotation = base::slerp(a.joints[i].rotation, b.joints[i].rotation, s);
    }
    out.blink = base::lerp(a.blink, b.blink, s);
    out.jaw = base::lerp(a.jaw, b.jaw, s);
    out.smile = base::lerp(a.smile, b.smile, s);
    out.brow = base::lerp(a.brow, b.brow, s);
    out.gaze = base::lerp(a.gaze, b.gaze, s);
    return out;
}

Carriers::Carriers(Dynamics& d, Driver* driver, double frame_s)
    : driver_(driver), frame_s_(frame_s), grip_(d.models.size()) {
    for (const Body& body : d.scene.bodies) {
        BodyState state;
        state.pose = body.pose;
        to_.bodies.push_back(state);
    }
    to_.figures.resize(d.scene.figures.size());
    for (size_t i = 0; i < d.models.size(); ++i) {
        const Body& body = d.scene.bodies[i];
        if (body.held_by_figure < 0 ||
            body.held_by_figure >= static_cast<int>(d.scene.figures.size())) {
            continue;
        }
        const Skeleton skeleton = build_skeleton(*d.scene.figures[body.held_by_figure]);
        for (int j = 0; j < static_cast<int>(skeleton.size()); ++j) {
            if (skeleton[j].name == body.held_by_joint) d.models[i].holder_joint = j;
        }
    }
    if (driver_) driver_->drive(0, d.scene, to_);
    from_ = to_;
    for (size_t i = 0; i < d.models.size(); ++i) {
        const Body& body = d.scene.bodies[i];
        if (d.models[i].motion == Motion::Driven) {
            RigidState& s = d.bodies[i];
            s.x = s.old_x = to_.bodies[i].pose.apply(d.models[i].shape->centre_of_mass);
            s.q = s.old_q = to_.bodies[i].pose.rotation;
            refresh_now(d, static_cast<int>(i));
        }
        if (d.models[i].holder_joint < 0) continue;
        const auto& joints = to_.figures[body.held_by_figure].joints;
        if (d.models[i].holder_joint >= static_cast<int>(joints.size())) {
            d.models[i].holder_joint = -1;
            continue;
        }
        grip_[i] = wide(joints[d.models[i].holder_joint]).inverse() * body.pose;
    }
}

void Carriers::begin_frame(const Dynamics& d) {
    frame_start_s_ = d.time_s();
    if (!driver_) return;
    from_ = to_;
    driver_->drive(frame_start_s_ + frame_s_, d.scene, to_);
}

void Carriers::carry(Dynamics& d, EventLog& log) {
    const double h = d.h(), now = d.time_s();
    const double share = std::min((now + h - frame_start_s_) / frame_s_, 1.0);
    for (size_t i = 0; i < d.models.size(); ++i) {
        RigidState& s = d.bodies[i];
        const Body& body = d.scene.bodies[i];
        const Vec3 com = d.models[i].shape->centre_of_mass;
        const auto follow = [&](const base::Transform& pose) {
            s.v = (pose.apply(com) - s.x) / h;
            s.w = turn_between(s.q, pose.rotation) / h;
        };
        if (d.models[i].motion == Motion::Driven && driver_) {
            follow(blend(from_.bodies[i].pose, to_.bodies[i].pose, share));
            continue;
        }
        if (body.push_s && now >= *body.push_s - 1e-9 && now - h < *body.push_s - 1e-9) {
            s.v = body.push_velocity_mps;
            s.w = body.push_spin_radps;
            s.awake = true;
        }
        if (!s.held) continue;
        if (now >= *body.release_s - 1e-9) {
            s.held = false;
            s.awake = true;
            s.released_at = now;
            d.pairs_dirty = true;
            if (d.models[i].holder_joint < 0) {
                s.v = body.velocity_mps;
                s.w = body.angular_velocity_radps;
            }
            if (body.release_velocity_mps) s.v = *body.release_velocity_mps;
            if (body.release_spin_radps) s.w = *body.release_spin_radps;
            Event event;
            event.t_s = now;
            event.kind = EventKind::Release;
            event.a = body.name;
            event.b = body.holder;
            event.position_m = s.x;
            event.material_a = body.material;
            event.body_a = static_cast<int>(i);
            log.add(event);
            continue;
        }
        s.v = s.w = {};
        const int joint = d.models[i].holder_joint;
        if (joint < 0) continue;
        const FigureState& f0 = from_.figures[body.held_by_figure];
        const FigureState& f1 = to_.figures[body.held_by_figure];
        follow(blend(wide(f0.joints[joint]), wide(f1.joints[joint]), share) * grip_[i]);
    }
}

void Carriers::write(double t_s, Snapshot& out) const {
    const double share = std::clamp((t_s - frame_start_s_) / frame_s_, 0.0, 1.0);
    out.figures.resize(to_.figures.size());
    for (size_t i = 0; i < to_.figures.size(); ++i) {
        out.figures[i] = blend(from_.figures[i], to_.figures[i], share);
    }
}

void Carriers::save(StateWriter& out) const {
    out.put(frame_start_s_);
    out.put(grip_);
    for (const Snapshot* s : {&from_, &to_}) {
        out.put(s->bodies);
        out.put(static_cast<uint64_t>(s->figures.size()));
        for (const FigureState& f : s->figures) {
            out.put(f.joints);
            out.put(f.blink), out.put(f.jaw), out.put(f.smile), out.put(f.brow);
            out.put(f.viseme), out.put(f.gaze), out.put(f.visible);
        }
    }
}

void Carriers::restore(StateReader& in) {
    in.get(frame_start_s_);
    in.get(grip_);
    for (Snapshot* s : {&from_, &to_}) {
        in.get(s->bodies);
        uint64_t count = 0;
        in.get(count);
        if (!in.ok() || count > 10000) return in.fail();
        s->figures.resize(count);
        for (FigureState& f : s->figures) {
            in.get(f.joints);
            in.get(f.blink), in.get(f.jaw), in.get(f.smile), in.get(f.brow);
            in.get(f.viseme), in.get(f.gaze), in.get(f.visible);
        }
    }
}

}  // namespace world::step
