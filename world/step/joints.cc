#include "world/step/joints.h"

#include <limits>

namespace world::step {

namespace {

constexpr double kFree = std::numeric_limits<double>::infinity();
const Vec3 kBasis[3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

// Rotation vector of the shorter arc of q.
Vec3 rotation_vector(Quat q) {
    if (q.w < 0) q = {-q.x, -q.y, -q.z, -q.w};
    const Vec3 v{q.x, q.y, q.z};
    const double s = length(v);
    return s < 1e-12 ? v * 2.0 : v * (2 * std::atan2(s, q.w) / s);
}

}  // namespace

JointSolver::JointSolver(Dynamics& d) : d_(d) {
    const auto local = [&](int body, Vec3 p) {
        if (body < 0) return p;
        const RigidState& s = d.bodies[body];
        return s.q.conjugate().rotate(p - s.x);
    };
    const auto local_direction = [&](int body, Vec3 v) {
        return body < 0 ? v : d.bodies[body].q.conjugate().rotate(v);
    };
    for (const Joint& joint : d.scene.joints) {
        Anchors a;
        const Vec3 axis = normalize(joint.axis);
        const Vec3 side = length_squared(axis) > 0 ? any_perpendicular(axis) : Vec3{1, 0, 0};
        const bool rope = joint.kind == JointKind::Rope;
        a.local_a = local(joint.a, joint.point);
        a.local_b = local(joint.b, rope ? joint.point_b : joint.point);
        a.axis_a = local_direction(joint.a, axis), a.axis_b = local_direction(joint.b, axis);
        a.side_a = local_direction(joint.a, side), a.side_b = local_direction(joint.b, side);
        const Quat qa = joint.a < 0 ? Quat{} : d.bodies[joint.a].q;
        const Quat qb = joint.b < 0 ? Quat{} : d.bodies[joint.b].q;
        a.relative = qa.conjugate() * qb;
        a.length_m = joint.length_m > 0 ? joint.length_m : length(joint.point_b - joint.point);
        anchors_.push_back(a);
    }
    arm_a_.resize(anchors_.size());
    arm_b_.resize(anchors_.size());
    basis_.resize(anchors_.size());
}

bool JointSolver::active(int j) const {
    const Joint& joint = d_.scene.joints[j];
    if (d_.joints[j].broken) return false;
    const auto gone = [&](int body) { return body >= 0 && d_.bodies[body].hidden; };
    return !gone(joint.a) && !gone(joint.b);
}

double JointSolver::movable_mass(int j) const {
    const Joint& joint = d_.scene.joints[j];
    double inverse = 0;
    if (joint.a >= 0 && d_.bodies[joint.a].awake) inverse += d_.now[joint.a].inverse_mass;
    if (joint.b >= 0 && d_.bodies[joint.b].awake) inverse += d_.now[joint.b].inverse_mass;
    return inverse;
}

Vec3 JointSolver::end_a(int j) const {
    const int body = d_.scene.joints[j].a;
    const Vec3 p = anchors_[j].local_a;
    return body < 0 ? p : d_.bodies[body].q.rotate(p) + d_.bodies[body].x;
}

Vec3 JointSolver::end_b(int j) const {
    const int body = d_.scene.joints[j].b;
    const Vec3 p = anchors_[j].local_b;
    return body < 0 ? p : d_.bodies[body].q.rotate(p) + d_.bodies[body].x;
}

void JointSolver::prepare() {
    for (int j = 0; j < static_cast<int>(anchors_.size()); ++j) {
        if (!active(j)) continue;
        const Joint& joint = d_.scene.joints[j];
        arm_a_[j] =
            joint.a < 0 ? anchors_[j].local_a : d_.now[joint.a].rotation * anchors_[j].local_a;
        arm_b_[j] =
            joint.b < 0 ? anchors_[j].local_b : d_.now[joint.b].rotation * anchors_[j].local_b;
        if (joint.kind == JointKind::Rope) {
            basis_[j][0] = normalize(end_b(j) - end_a(j));
            continue;
        }
        const Vec3 axis =
            joint.a < 0 ? anchors_[j].axis_a : d_.now[joint.a].rotation * anchors_[j].axis_a;
        basis_[j][0] = axis;
        basis_[j][1] = any_perpendicular(axis);
        basis_[j][2] = cross(axis, basis_[j][1]);
    }
}

void JointSolver::apply_linear(int j, Vec3 axis, double impulse) {
    const Joint& joint = d_.scene.joints[j];
    const auto apply = [&](int body, Vec3 arm, double sign) {
        if (body < 0) return;
        RigidState& s = d_.bodies[body];
        s.v += axis * (sign * impulse * d_.now[body].inverse_mass);
        s.w += d_.now[body].inverse_inertia * cross(arm, axis) * (sign * impulse);
    };
    apply(joint.a, arm_a_[j], -1);
    apply(joint.b, arm_b_[j], 1);
}

void JointSolver::apply_angular(int j, Vec3 axis, double impulse) {
    const Joint& joint = d_.scene.joints[j];
    if (joint.a >= 0) d_.bodies[joint.a].w -= d_.now[joint.a].inverse_inertia * axis * impulse;
    if (joint.b >= 0) d_.bodies[joint.b].w += d_.now[joint.b].inverse_inertia * axis * impulse;
}

void JointSolver::push_linear(int j, Vec3 axis, double error, int row, double low, double high) {
    const Joint& joint = d_.scene.joints[j];
    double inverse = 0;
    const auto add = [&](int body, Vec3 arm) {
        if (body < 0) return;
        const Vec3 c = cross(arm, axis);
        inverse += d_.now[body].inverse_mass + dot(c, d_.now[body].inverse_inertia * c);
    };
    add(joint.a, arm_a_[j]);
    add(joint.b, arm_b_[j]);
    if (inverse <= 0) return;
    double& sum = d_.joints[j].impulse[row];
    const double next = std::clamp(sum - error / (d_.h() * inverse), low, high);
    apply_linear(j, axis, next - sum);
    sum = next;
}

void JointSolver::push_angular(int j, Vec3 axis, double error, int row, double low, double high) {
    const Joint& joint = d_.scene.joints[j];
    double inverse = 0;
    if (joint.a >= 0) inverse += dot(axis, d_.now[joint.a].inverse_inertia * axis);
    if (joint.b >= 0) inverse += dot(axis, d_.now[joint.b].inverse_inertia * axis);
    if (inverse <= 0) return;
    double& sum = d_.joints[j].impulse[row];
    const double next = std::clamp(sum - error / (d_.h() * inverse), low, high);
    apply_angular(j, axis, next - sum);
    sum = next;
}

JointSolver::Frame JointSolver::predict(int j) const {
    const Joint& joint = d_.scene.joints[j];
    const double h = d_.h();
    const auto turned = [&](int body) {
        return body < 0 ? Quat{} : integrate_rotation(d_.bodies[body].q, d_.bodies[body].w, h);
    };
    Frame f;
    f.turn_a = turned(joint.a), f.turn_b = turned(joint.b);
    const auto point = [&](int body, Quat q, Vec3 local) {
        return body < 0 ? local : q.rotate(local) + d_.bodies[body].x + d_.bodies[body].v * h;
    };
    f.point_a = point(joint.a, f.turn_a, anchors_[j].local_a);
    f.point_b = point(joint.b, f.turn_b, anchors_[j].local_b);
    return f;
}

void JointSolver::warm_start() {
    for (int j = 0; j < static_cast<int>(anchors_.size()); ++j) {
        if (!active(j) || movable_mass(j) <= 0) continue;
        const Joint& joint = d_.scene.joints[j];
        const auto& impulse = d_.joints[j].impulse;
        switch (joint.kind) {
            case JointKind::Rope: apply_linear(j, basis_[j][0], impulse[0]); break;
            case JointKind::BallSocket:
                for (int k = 0; k < 3; ++k) apply_linear(j, kBasis[k], impulse[k]);
                break;
            case JointKind::Hinge:
                for (int k = 0; k < 3; ++k) apply_linear(j, kBasis[k], impulse[k]);
                for (int k = 1; k < 3; ++k) apply_angular(j, basis_[j][k], impulse[2 + k]);
                d_.joints[j].impulse[5] = 0;
                break;
            case JointKind::Fixed:
                for (int k = 0; k < 3; ++k) apply_linear(j, kBasis[k], impulse[k]);
                for (int k = 0; k < 3; ++k) apply_angular(j, kBasis[k], impulse[3 + k]);
                break;
            case JointKind::Slider:
                d_.joints[j].impulse[0] = 0;
                for (int k = 1; k < 3; ++k) apply_linear(j, basis_[j][k], impulse[k]);
                for (int k = 0; k < 3; ++k) apply_angular(j, kBasis[k], impulse[3 + k]);
                break;
        }
    }
}

void JointSolver::solve_axis(int j) {
    const Joint& joint = d_.scene.joints[j];
    const Anchors& anchor = anchors_[j];
    const bool hinge = joint.kind == JointKind::Hinge;
    const int row = hinge ? 5 : 0;
    const Vec3 axis = basis_[j][0];
    const double h = d_.h();
    const auto push = [&](double error, double low, double high) {
        if (hinge) push_angular(j, axis, error, row, low, high);
        else push_linear(j, axis, error, row, low, high);
    };
    if (joint.motor_speed_radps && joint.motor_torque_Nm > 0) {
        const auto w = [&](int body) { return body < 0 ? Vec3{} : d_.bodies[body].w; };
        const auto v = [&](int body, Vec3 arm) {
            return body < 0 ? Vec3{} : d_.velocity_at(body, arm);
        };
        const double speed = hinge ? dot(axis, w(joint.b) - w(joint.a))
                                   : dot(axis, v(joint.b, arm_b_[j]) - v(joint.a, arm_a_[j]));
        const double most = joint.motor_torque_Nm * h;
        push((speed - *joint.motor_speed_radps) * h, -most, most);
        return;
    }
    if (!joint.limit_low && !joint.limit_high) return;
    const Frame f = predict(j);
    double place;
    if (hinge) {
        const Vec3 side_a = f.turn_a.rotate(anchor.side_a), side_b = f.turn_b.rotate(anchor.side_b);
        const Vec3 turned_axis = f.turn_a.rotate(anchor.axis_a);
        place = std::atan2(dot(turned_axis, cross(side_a, side_b)), dot(side_a, side_b));
    } else {
        place = dot(axis, f.point_b - f.point_a);
    }
    double& sum = d_.joints[j].impulse[row];
    if (joint.limit_low && (place < *joint.limit_low || sum > 0)) {
        push(place - *joint.limit_low, 0, kFree);
    } else if (joint.limit_high && (place > *joint.limit_high || sum < 0)) {
        push(place - *joint.limit_high, -kFree, 0);
    }
}

void JointSolver::solve_joint(int j) {
    const Joint& joint = d_.scene.joints[j];
    const Anchors& anchor = anchors_[j];
    if (joint.kind == JointKind::Rope) {
        const Frame f = predict(j);
        push_linear(j, basis_[j][0], length(f.point_b - f.point_a) - anchor.length_m, 0, -kFree, 0);
        return;
    }
    if (joint.kind == JointKind::Hinge || joint.kind == JointKind::Slider) solve_axis(j);
    if (joint.kind == JointKind::Hinge) {
        for (int k = 1; k < 3; ++k) {
            const Frame f = predict(j);
            const Vec3 tilt = cross(f.turn_a.rotate(anchor.axis_a), f.turn_b.rotate(anchor.axis_b));
            push_angular(j, basis_[j][k], dot(tilt, basis_[j][k]), 2 + k, -kFree, kFree);
        }
    } else if (joint.kind != JointKind::BallSocket) {
        for (int k = 0; k < 3; ++k) {
            const Frame f = predict(j);
            const Vec3 twist = rotation_vector(f.turn_b * (f.turn_a * anchor.relative).conjugate());
            push_angular(j, kBasis[k], twist[k], 3 + k, -kFree, kFree);
        }
    }
    const bool slides = joint.kind == JointKind::Slider;
    for (int k = slides ? 1 : 0; k < 3; ++k) {
        const Frame f = predict(j);
        const Vec3 axis = slides ? basis_[j][k] : kBasis[k];
        push_linear(j, axis, dot(axis, f.point_b - f.point_a), k, -kFree, kFree);
    }
}

void JointSolver::solve() {
    const int count = static_cast<int>(anchors_.size());
    for (int j = 0; j < count; ++j) {
        if (active(j) && movable_mass(j) > 0) solve_joint(j);
    }
    for (int j = count - 1; j >= 0; --j) {
        if (active(j) && movable_mass(j) > 0) solve_joint(j);
    }
}

void JointSolver::store() {
    for (int j = 0; j < static_cast<int>(anchors_.size()); ++j) {
        if (!active(j)) continue;
        const Joint& joint = d_.scene.joints[j];
        double sum = 0;
        for (int k = 0; k < 3; ++k) sum += d_.joints[j].impulse[k] * d_.joints[j].impulse[k];
        const double force = std::sqrt(sum);
        if (force > 0 || joint.kind != JointKind::Rope) {
            if (joint.a >= 0) d_.now[joint.a].constrained = true;
            if (joint.b >= 0) d_.now[joint.b].constrained = true;
        }
        d_.joints[j].load_Ns += force;
        if (joint.break_impulse_Ns > 0 && d_.joints[j].load_Ns > joint.break_impulse_Ns) {
            d_.joints[j].broken = true;
        }
    }
}

}  // namespace world::step
