#include "world/figure/motion/body.h"

namespace world {

using base::Quat;
using base::Vec3;

Controls placed(const Controls& local, const Home& home) {
    Controls c = local;
    c.pelvis = home.out(local.pelvis);
    c.com = home.out(local.com);
    c.look_at = home.out(local.look_at);
    c.yaw += home.heading;
    c.floor += home.at.z;
    const Quat turn = home.turn();
    for (int i = 0; i < 2; ++i) {
        c.arms[i].at = home.out(local.arms[i].at);
        c.arms[i].palm = turn.rotate(local.arms[i].palm);
        c.arms[i].fingers = turn.rotate(local.arms[i].fingers);
        c.feet[i].ball = home.out(local.feet[i].ball);
        c.feet[i].yaw += home.heading;
    }
    return c;
}

FigureBody FigureBody::of(const FigureModel& figure) {
    FigureBody body;
    body.size = proportions_of(figure);
    body.skeleton = build_skeleton(figure);
    body.seed = figure.look.seed;
    for (int j = 0; j < kFigureJointCount; ++j) {
        const SkeletonJoint& joint = body.skeleton[static_cast<size_t>(j)];
        body.rest[static_cast<size_t>(j)] =
            joint.parent < 0 ? joint.rest
                             : body.rest[static_cast<size_t>(joint.parent)] * joint.rest;
    }
    // Centres and radii of gyration: de Leva 1996, table 4 (means of women and men).
    const auto add = [&](int from, int to, double fraction, double across, double along,
                         double length = 0, Vec3 axis = {0, 0, 1}) {
        if (to >= 0)
            length = base::length(body.rest[static_cast<size_t>(to)].translation -
                                  body.rest[static_cast<size_t>(from)].translation);
        body.segments.push_back({from, to, fraction,
                                 body.skeleton[static_cast<size_t>(from)].mass_kg, length, across,
                                 along, axis});
    };
    const double h = body.size.height;
    add(kPelvis, kSpine1, 0.3, 0.9, 0.9, 0);
    body.segments.back().length_m = 0.10 * h;
    add(kSpine1, kSpine2, 0.5, 0.7, 0.75);
    add(kSpine2, kSpine3, 0.5, 0.7, 0.75);
    add(kSpine3, kNeck, 0.45, 0.65, 0.80);
    add(kHead, -1, 0.42, 0.36, 0.31, body.size.head_height * 0.8);
    for (const Side side : kSides) {
        const auto arm = [&](int part) { return arm_joint(side, part); };
        const auto leg = [&](int part) { return leg_joint(side, part); };
        add(arm(kUpperArm), arm(kForearm), 0.577, 0.27, 0.153);
        add(arm(kForearm), arm(kHand), 0.457, 0.27, 0.108);
        add(arm(kHand), arm(kMiddle1), 0.77, 0.55, 0.40);
        add(leg(kThigh), leg(kShin), 0.385, 0.34, 0.155);
        add(leg(kShin), leg(kFoot), 0.441, 0.26, 0.10);
        add(leg(kFoot), leg(kToe), 0.50, 0.45, 0.26);
    }
    return body;
}

Controls stand_controls(const FigureBody& body) {
    Controls c;
    c.pelvis = {-0.004 * body.size.height, 0, body.stand_pelvis_z()};
    c.look_at = {6, 0, body.size.height * 0.93};
    c.spine = {0, 0.01, 0};
    for (const Side side : kSides) {
        FootControl& foot = c.foot(side);
        foot.ball = {body.size.foot_ball - 0.010 * body.size.height,
                     side_sign(side) * body.foot_y() * 1.12, 0};
        foot.yaw = side_sign(side) * 0.16;
        ArmControl& arm = c.arm(side);
        arm.raise = 0.17 + 0.04 * body.size.muscle;
        arm.plane = 0.25;
        arm.elbow = 0.24;
        arm.twist = 0.22;
        arm.pronate = 0.35;
    }
    return c;
}

}  // namespace world
