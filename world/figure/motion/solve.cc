// Controls -> joints. Limbs by two-bone inverse kinematics (law of cosines); a heel rises by
// itself when a planted foot would otherwise be out of reach.
#include <cmath>

#include "world/figure/motion/body.h"

namespace world {
namespace {

using base::Quat;
using base::Transform;
using base::Vec3;

constexpr Vec3 kX{1, 0, 0}, kY{0, 1, 0}, kZ{0, 0, 1};

Quat about(Vec3 axis, double angle) { return Quat::from_axis_angle(axis, angle); }
// x to the right side down, y forward, z left (see Controls).
Quat bend(Vec3 angles) { return about(kZ, angles.z) * about(kY, angles.y) * about(kX, angles.x); }

// Frame whose -z runs along `bone` and whose +x is as near to `front` as can be.
Quat bone_frame(Vec3 bone, Vec3 front) {
    const Vec3 z = -base::normalize(bone);
    Vec3 x = front - z * base::dot(front, z);
    if (base::length_squared(x) < 1e-12) x = base::any_perpendicular(z);
    x = base::normalize(x);
    const Vec3 y = base::cross(z, x);
    // Rotation matrix with columns x, y, z -> quaternion (Shepperd 1978).
    const double trace = x.x + y.y + z.z;
    Quat q;
    if (trace > 0) {
        const double s = std::sqrt(trace + 1) * 2;
        q = {(y.z - z.y) / s, (z.x - x.z) / s, (x.y - y.x) / s, 0.25 * s};
    } else if (x.x > y.y && x.x > z.z) {
        const double s = std::sqrt(1 + x.x - y.y - z.z) * 2;
        q = {0.25 * s, (y.x + x.y) / s, (z.x + x.z) / s, (y.z - z.y) / s};
    } else if (y.y > z.z) {
        const double s = std::sqrt(1 + y.y - x.x - z.z) * 2;
        q = {(y.x + x.y) / s, 0.25 * s, (z.y + y.z) / s, (z.x - x.z) / s};
    } else {
        const double s = std::sqrt(1 + z.z - x.x - y.y) * 2;
        q = {(z.x + x.z) / s, (z.y + y.z) / s, 0.25 * s, (x.y - y.x) / s};
    }
    return q.normalized();
}

struct Solver {
    const FigureBody& body;
    const Controls& c;
    JointPoses out{};

    Transform& at(int joint) { return out[static_cast<size_t>(joint)]; }
    const Transform& local_rest(int joint) const {
        return body.skeleton[static_cast<size_t>(joint)].rest;
    }
    // Hangs the joint on its parent with `extra` turned after its rest rotation.
    void hang(int joint, Quat extra = {}) {
        const Transform& parent = at(joint_parent(joint));
        const Transform& rest = local_rest(joint);
        at(joint) = {parent.apply(rest.translation), parent.rotation * rest.rotation * extra};
    }
    // The same with the whole local rotation given.
    void hang_as(int joint, Quat local) {
        const Transform& parent = at(joint_parent(joint));
        at(joint) = {parent.apply(local_rest(joint).translation), parent.rotation * local};
    }

    void trunk(Vec3 pelvis) {
        at(kPelvis) = {pelvis, bend({c.roll, c.pitch, c.yaw})};
        hang(kSpine1, bend(c.spine * 0.36));
        hang(kSpine2, bend(c.spine * 0.34));
        hang(kSpine3, bend(c.spine * 0.30));
        Vec3 turn = c.head;
        if (c.look_weight > 0) {
            hang(kNeck);
            hang(kHead);
            const Vec3 eyes = at(kHead).apply(local_rest(kEyeL).translation * Vec3{1, 0, 1});
            const Vec3 to = at(kSpine3).rotation.conjugate().rotate(c.look_at - eyes);
            const double yaw = std::clamp(std::atan2(to.y, to.x), -1.15, 1.15);
            const double pitch = std::clamp(-std::atan2(to.z, std::hypot(to.x, to.y)), -0.85, 0.75);
            turn = base::lerp(turn, Vec3{turn.x + yaw * 0.08, pitch * 0.85, yaw * 0.80},
                              c.look_weight);
        }
        hang(kNeck, bend(turn * 0.42));
        hang(kHead, bend(turn * 0.58));
        hang(kJaw, about(kY, 0.30 * c.jaw));
        hang(kEyeL);
        hang(kEyeR);
        hang(kMouth);
    }

    void fingers(Side side) {
        const ArmControl& a = c.arm(side);
        const double s = side_sign(side);
        for (int finger = 0; finger < 5; ++finger) {
            for (int bone = 0; bone < 3; ++bone) {
                const int joint = arm_joint(side, kThumb1 + finger * 3 + bone);
                if (finger == 0) {
                    const double t = a.thumb;
                    const Quat fold = bone == 0 ? about(kX, -s * (0.35 * t)) * about(kY, 0.35 * t)
                                                : about(kX, -s * (0.15 + 0.75 * t) * 0.8);
                    hang(joint, fold);
                    continue;
                }
                double curl = a.curl * (0.92 + 0.06 * (finger - 1));
                if (finger == 1) curl *= 1 - a.point;
                constexpr double kFlex[3] = {1.35, 1.70, 1.05};
                // At rest the outer joints bend before the knuckle does.
                const double flex = (bone == 0 ? curl * (0.45 + 0.55 * curl) : curl) * kFlex[bone];
                Quat q = about(kX, -s * flex);
                if (bone == 0) q = about(kY, -(2.3 - finger) * 0.14 * a.spread * (1 - curl)) * q;
                hang(joint, q);
            }
        }
    }

    void arm(Side side) {
        ArmControl a = c.arm(side);
        place_arm(side, a);
        const Vec3 grip = at(arm_joint(side, kGrip)).translation;
        const double lowest = c.floor + 0.010 * body.size.height;
        if (grip.z >= lowest) return;
        // The palm stays on the floor instead of going through it.
        a.at = {grip.x, grip.y, lowest};
        a.elbow_toward = {-0.3, 0.8, 0.3};
        a.ik = 1;
        place_arm(side, a);
    }

    void place_arm(Side side, const ArmControl& a) {
        const double s = side_sign(side);
        const auto j = [&](int part) { return arm_joint(side, part); };
        // The shoulder blade helps above about 40 degrees (scapulohumeral rhythm, about 1 : 2).
        const double lift = a.shrug + 0.30 * std::max(0.0, a.raise - 0.7);
        const double forward = a.reach_forward + 0.10 * std::sin(a.plane) * std::sin(a.raise);
        hang(j(kClavicle), about(kX, s * lift) * about(kZ, -s * forward));

        const double l1 = body.size.upper_arm, l2 = body.size.forearm;
        const Vec3 down{0, 0, -1};
        const Vec3 dir{std::sin(a.raise) * std::sin(a.plane),
                       s * std::sin(a.raise) * std::cos(a.plane), -std::cos(a.raise)};
        // Part of the rise was already done by the clavicle: aim the arm in the chest's frame.
        const Quat chest = at(kSpine3).rotation;
        const Quat swing = Quat::between(down, dir);
        Quat upper = chest * swing * about(kZ, -s * a.twist);
        const Vec3 shoulder = at(j(kClavicle)).apply(local_rest(j(kUpperArm)).translation);
        Quat fore = upper * about(kY, -a.elbow);
        Quat hand =
            fore * about(kZ, -s * a.pronate) * about(kX, -s * a.wrist) * about(kY, -a.wrist_side);
        Quat fore_swing = fore;
        if (a.ik > 0) {
            Quat wanted = hand;
            const Vec3 grip = local_rest(j(kGrip)).translation;
            if (a.aim > 0) {
                // Fingers along -z, palm toward -s y of the hand's frame.
                const Vec3 x =
                    base::cross(-base::normalize(a.palm), -base::normalize(a.fingers)) * s;
                wanted = bone_frame(a.fingers, x);
            }
            Vec3 target = a.at;
            const Quat hand_turn = a.aim > 0 ? wanted : hand;
            const Vec3 wrist = target - hand_turn.rotate(grip);
            Vec3 to = wrist - shoulder;
            const double reach =
                std::clamp(base::length(to), std::abs(l1 - l2) * 1.05 + 0.02, (l1 + l2) * 0.9985);
            to = base::normalize(to);
            const double cosine = (l1 * l1 + reach * reach - l2 * l2) / (2 * l1 * reach);
            const double angle = std::acos(std::clamp(cosine, -1.0, 1.0));
            const Vec3 pole_local{a.elbow_toward.x, s * a.elbow_toward.y, a.elbow_toward.z};
            Vec3 pole = chest.rotate(pole_local);
            pole = pole - to * base::dot(pole, to);
            if (base::length_squared(pole) < 1e-10) pole = base::any_perpendicular(to);
            pole = base::normalize(pole);
            const Vec3 elbow = shoulder + (to * std::cos(angle) + pole * std::sin(angle)) * l1;
            const Vec3 wrist_at = shoulder + to * reach;
            const Vec3 front = -pole;
            const Quat ik_upper = bone_frame(elbow - shoulder, front);
            const Quat ik_fore = bone_frame(wrist_at - elbow, ik_upper.rotate(kX));
            upper = base::slerp(upper, ik_upper, a.ik);
            fore = base::slerp(fore, ik_fore, a.ik);
            const Quat relaxed = fore * about(kZ, -s * a.pronate) * about(kX, -s * a.wrist) *
                                 about(kY, -a.wrist_side);
            hand = base::slerp(relaxed, wanted, a.aim * a.ik);
            fore_swing = fore;
        }
        at(j(kUpperArm)) = {shoulder, upper};
        // Skin near the shoulder does not twist with the humerus: shortest arc from its rest.
        const Quat rest_upper = at(kSpine3).rotation * Quat::from_axis_angle(kX, s * kRestArmAngle);
        const Vec3 bone_rest = rest_upper.rotate(down), bone_now = upper.rotate(down);
        const Quat untwisted =
            Quat::between(base::normalize(bone_rest), base::normalize(bone_now)) * rest_upper;
        at(j(kUpperArmTwist)) = {shoulder, base::slerp(untwisted, upper, 0.25)};
        const Vec3 elbow = shoulder + upper.rotate(down) * l1;
        at(j(kForearm)) = {elbow, fore};
        const Vec3 wrist = elbow + fore.rotate(down) * l2;
        at(j(kHand)) = {wrist, hand};
        // Half of the hand's turn about the forearm shows at the middle of the forearm.
        const Quat rel = fore_swing.conjugate() * hand;
        const double twist = 2 * std::atan2(rel.z, rel.w);
        const double half = wrap_angle(twist) * 0.5;
        at(j(kForearmTwist)) = {elbow + fore.rotate(down) * (0.55 * l2), fore * about(kZ, half)};
        hang(j(kGrip));
        fingers(side);
    }

    // Ankle for a foot whose ball stays where it is, at this pitch.
    Transform foot_pose(const FootControl& f, Side side, double pitch) const {
        const double lift = body.ball_height();
        const Quat flat = about(kZ, f.yaw) * about(kX, side_sign(side) * f.roll);
        const Quat turned = flat * about(kY, -pitch);
        // The ankle seen from the ball joint, in the foot's frame.
        const Vec3 back{-body.size.foot_ball, 0, body.size.ankle_z - lift};
        Vec3 ball = f.ball + kZ * lift;
        if (pitch > 0) {
            // Toes up: the heel is the pivot, the ball rises.
            const Vec3 heel{-body.size.foot_ball - body.size.foot_heel, 0, -lift};
            ball = ball + flat.rotate(heel) - turned.rotate(heel);
        }
        return {ball + turned.rotate(back), turned};
    }

    void leg(Side side) {
        const FootControl& f = c.foot(side);
        const double s = side_sign(side);
        const auto j = [&](int part) { return leg_joint(side, part); };
        const Transform& pelvis = at(kPelvis);
        const Vec3 hip = pelvis.apply(local_rest(j(kThigh)).translation);
        const double l1 = base::length(local_rest(j(kShin)).translation);
        const double l2 = base::length(local_rest(j(kFoot)).translation);
        const double longest = (l1 + l2) * 0.9975;

        // Free leg by angles.
        const Quat thigh_free =
            pelvis.rotation * about(kX, s * f.raise) * about(kY, -f.swing) * about(kZ, s * f.turn);
        const Quat shin_free = thigh_free * about(kY, f.knee);
        const Quat foot_free = shin_free * about(kY, f.point);

        Quat thigh = thigh_free, shin = shin_free, foot = foot_free;
        double toe = 0;
        if (f.free < 1) {
            double pitch = f.pitch;
            Transform ankle = foot_pose(f, side, pitch);
            const auto too_far = [&](const Transform& a) {
                return base::length(a.translation - hip) > longest;
            };
            if (too_far(ankle) && pitch > -1.2) {
                double low = -1.25, high = pitch;  // the heel comes up just enough
                for (int i = 0; i < 22; ++i) {
                    const double middle = (low + high) / 2;
                    (too_far(foot_pose(f, side, middle)) ? high : low) = middle;
                }
                pitch = low;
                ankle = foot_pose(f, side, pitch);
            }
            if (pitch < 0) toe = pitch * smooth(1 - f.ball.z / (0.02 * body.size.height));
            Vec3 to = ankle.translation - hip;
            const double reach = std::clamp(base::length(to), std::abs(l1 - l2) + 0.03, longest);
            to = base::normalize(to);
            const double cosine = (l1 * l1 + reach * reach - l2 * l2) / (2 * l1 * reach);
            const double angle = std::acos(std::clamp(cosine, -1.0, 1.0));
            // Knees follow the toes, a little the pelvis.
            const Vec3 toes = about(kZ, f.yaw + s * f.knee_out).rotate(kX);
            Vec3 pole = base::normalize(toes * 0.7 + pelvis.rotation.rotate(kX) * 0.3);
            if (to.z > -0.3) pole = pole + pelvis.rotation.rotate(kZ) * (to.z + 0.3) * 1.5;
            pole = pole - to * base::dot(pole, to);
            if (base::length_squared(pole) < 1e-10) pole = base::any_perpendicular(to);
            pole = base::normalize(pole);
            const Vec3 knee = hip + (to * std::cos(angle) + pole * std::sin(angle)) * l1;
            const Vec3 end = hip + to * reach;
            const Quat ik_thigh = bone_frame(knee - hip, pole);
            const Quat ik_shin = bone_frame(end - knee, ik_thigh.rotate(kX));
            thigh = base::slerp(ik_thigh, thigh_free, f.free);
            shin = base::slerp(ik_shin, shin_free, f.free);
            foot = base::slerp(ankle.rotation, foot_free, f.free);
            toe *= 1 - f.free;
        }
        // Bones lean a little at rest; take that out so that -z of the frame is the bone.
        const auto lean = [&](int child) {
            return Quat::between(base::normalize(local_rest(child).translation), {0, 0, -1});
        };
        at(j(kThigh)) = {hip, thigh * lean(j(kShin))};
        const Vec3 knee = at(j(kThigh)).apply(local_rest(j(kShin)).translation);
        at(j(kShin)) = {knee, shin * lean(j(kFoot))};
        const Vec3 ankle = at(j(kShin)).apply(local_rest(j(kFoot)).translation);
        at(j(kFoot)) = {ankle, foot};
        hang(j(kToe), about(kY, toe));
        if (f.free <= 0) return;
        // A free leg that would dip into the floor is lifted out of it, knee bending as before.
        const double toe_gap = at(j(kToe)).translation.z - c.floor - body.ball_height();
        const double ankle_gap = ankle.z - c.floor - 0.024 * body.size.height;
        const double lift = std::max(-toe_gap, -ankle_gap);
        if (lift <= 0) return;
        const Vec3 goal = ankle + kZ * lift;
        Vec3 to = goal - hip;
        const double reach = std::clamp(base::length(to), std::abs(l1 - l2) + 0.03, longest);
        to = base::normalize(to);
        const double angle = std::acos(
            std::clamp((l1 * l1 + reach * reach - l2 * l2) / (2 * l1 * reach), -1.0, 1.0));
        Vec3 pole = knee - hip + pelvis.rotation.rotate(kX) * 0.05;
        pole = pole - to * base::dot(pole, to);
        pole = base::length_squared(pole) > 1e-10 ? base::normalize(pole)
                                                  : base::any_perpendicular(to);
        const Vec3 new_knee = hip + (to * std::cos(angle) + pole * std::sin(angle)) * l1;
        const Quat new_thigh = bone_frame(new_knee - hip, pole);
        at(j(kThigh)).rotation = new_thigh * lean(j(kShin));
        at(j(kShin)) = {
            at(j(kThigh)).apply(local_rest(j(kShin)).translation),
            bone_frame(hip + to * reach - new_knee, new_thigh.rotate(kX)) * lean(j(kFoot))};
        at(j(kFoot)) = {at(j(kShin)).apply(local_rest(j(kFoot)).translation), foot};
        hang(j(kToe), about(kY, toe));
    }

    void virtual_joints() {
        const Transform& l = at(arm_joint(Side::Left, kGrip));
        const Transform& r = at(arm_joint(Side::Right, kGrip));
        const Vec3 across = base::normalize(l.translation - r.translation);
        const Quat chest = at(kSpine3).rotation;
        const Vec3 forward = chest.rotate(kX);
        // y from the right palm to the left one, x as near to forward as can be.
        Vec3 x = forward - across * base::dot(forward, across);
        if (base::length_squared(x) < 1e-8) x = base::any_perpendicular(across);
        at(kHands) = {(l.translation + r.translation) * 0.5,
                      bone_frame(-base::cross(base::normalize(x), across), x)};
        for (int panel = 0; panel < 8; ++panel) hang(kSkirt0 + panel);
        hang(kHair1);
        hang(kHair2);
    }

    void all(Vec3 pelvis) {
        trunk(pelvis);
        for (const Side side : kSides) {
            arm(side);
            leg(side);
        }
        virtual_joints();
    }
};

}  // namespace

JointPoses solve_joints(const FigureBody& body, const Controls& controls) {
    Solver solver{body, controls, {}};
    solver.all(controls.pelvis);
    if (controls.com_weight > 0) {
        // The legs follow the pelvis, so the centre of mass is met by iteration; four rounds bring
        // it under a tenth of a millimetre.
        Vec3 pelvis = controls.pelvis;
        for (int round = 0; round < 5; ++round) {
            const Vec3 centre = mass_state(body, solver.out).centre;
            pelvis += (controls.com - centre) * (round == 0 ? 1.0 : 1.15);
            solver.all(pelvis);
        }
        if (controls.com_weight < 1)
            solver.all(base::lerp(controls.pelvis, pelvis, controls.com_weight));
    }
    return solver.out;
}

}  // namespace world
