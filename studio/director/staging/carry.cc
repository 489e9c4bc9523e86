#include "studio/director/staging/carry.h"

#include <algorithm>

#include "script/shots/codec.h"

namespace studio {
namespace {

using base::Json;
using base::Vec3;

Json to_json(Vec3 v) { return Json::array({v.x, v.y, v.z}); }
Json to_json(base::Quat q) { return Json::array({q.x, q.y, q.z, q.w}); }

Vec3 vec_from(const Json& j) {
    return {j.at(0).get<double>(), j.at(1).get<double>(), j.at(2).get<double>()};
}
base::Quat quat_from(const Json& j) {
    return base::Quat{j.at(0).get<double>(), j.at(1).get<double>(), j.at(2).get<double>(),
                      j.at(3).get<double>()}
        .normalized();
}

void take_state(world::Body& body, const world::BodyState& state, double elapsed_s) {
    body.pose = state.pose;
    body.velocity_mps = state.velocity_mps;
    body.angular_velocity_radps = state.angular_velocity_radps;
    body.hidden = !state.visible;
    body.asleep = body.motion == world::Motion::Dynamic && state.asleep;
    if (body.push_s) {
        if (*body.push_s <= elapsed_s) body.push_s.reset();
        else *body.push_s -= elapsed_s;
    }
    if (!body.release_s) return;
    if (*body.release_s <= elapsed_s) {
        body.release_s.reset();
        body.held_by_figure = -1;
    } else {
        *body.release_s -= elapsed_s;
    }
}

// Late enough that the cut shows the world as it was.
constexpr double kPushAfter_s = 0.3;

bool same_motion(const world::Body& a, const world::Body& b) {
    return base::length(a.pose.translation - b.pose.translation) < 1e-9 &&
           a.pose.rotation == b.pose.rotation &&
           base::length(a.velocity_mps - b.velocity_mps) < 1e-9 &&
           base::length(a.angular_velocity_radps - b.angular_velocity_radps) < 1e-9 &&
           a.motion == b.motion && a.release_s == b.release_s &&
           a.held_by_figure == b.held_by_figure;
}

}  // namespace

bool keeps_going(const script::Shot& shot) {
    return shot.continues &&
           std::find(shot.asked.begin(), shot.asked.end(), "continues") != shot.asked.end();
}

void keep_everything_going(const world::Scene& before, ShotStage& stage) {
    const size_t count = std::min(before.bodies.size(), stage.scene.bodies.size());
    for (size_t i = 0; i < count; ++i) {
        const world::Body& was = before.bodies[i];
        world::Body& now = stage.scene.bodies[i];
        if (was.motion != world::Motion::Dynamic || same_motion(was, now)) continue;
        const bool sent = base::length(now.velocity_mps) > 0.01 && !now.release_s;
        if (sent) {
            now.push_s = kPushAfter_s;
            now.push_velocity_mps = now.velocity_mps;
            now.push_spin_radps = now.angular_velocity_radps;
        }
        if (now.motion == world::Motion::Driven) {
            std::erase_if(stage.paths, [&](const DrivenPath& path) {
                return path.body == static_cast<world::BodyIndex>(i);
            });
        }
        now.motion = was.motion;
        now.pose = was.pose;
        now.velocity_mps = was.velocity_mps;
        now.angular_velocity_radps = was.angular_velocity_radps;
        now.asleep = was.asleep;
        now.release_s = was.release_s;
        now.release_velocity_mps = was.release_velocity_mps;
        now.release_spin_radps = was.release_spin_radps;
        now.holder = was.holder;
        now.held_by_figure = was.held_by_figure;
        now.held_by_joint = was.held_by_joint;
        stage.report.replaced.push_back({"another start for " + now.name,
                                         sent ? "a push where it is" : "its own motion, unchanged",
                                         "the film goes on from where its world ended"});
    }
    for (size_t i = 0; i < std::min(before.figures.size(), stage.scene.figures.size()); ++i) {
        if (stage.scene.figures[i]->place == before.figures[i]->place) continue;
        auto figure = std::make_shared<world::FigureModel>(*stage.scene.figures[i]);
        figure->place = before.figures[i]->place;
        stage.scene.figures[i] = figure;
    }
    for (size_t i = 0; i < std::min(before.cloths.size(), stage.scene.cloths.size()); ++i)
        stage.scene.cloths[i] = before.cloths[i];
}

void continue_world(const Carry& carry, ShotStage& stage) {
    stage.scene = carry.scene;
    const world::Snapshot& end = carry.snapshot;
    // Joints are given in the world frame at t = 0: move their points with their bodies.
    for (world::Joint& joint : stage.scene.joints) {
        if (joint.a != world::kNoBody) {
            const base::Transform then = carry.scene.bodies[joint.a].pose,
                                  now = end.bodies[joint.a].pose;
            joint.point = now.apply(then.apply_inverse(joint.point));
            joint.axis = now.apply_vector(then.rotation.conjugate().rotate(joint.axis));
        }
        if (joint.b != world::kNoBody) {
            const base::Transform then = carry.scene.bodies[joint.b].pose,
                                  now = end.bodies[joint.b].pose;
            joint.point_b = now.apply(then.apply_inverse(joint.point_b));
        }
    }
    for (size_t i = 0; i < stage.scene.bodies.size() && i < end.bodies.size(); ++i) {
        world::Body& body = stage.scene.bodies[i];
        take_state(body, end.bodies[i], carry.world_t_s);
        if (!end.bodies[i].visible && body.breakable) body.breakable = false;  // it has broken
    }
    for (world::Cloth& cloth : stage.scene.cloths) {
        if (cloth.release_s) *cloth.release_s = std::max(0.0, *cloth.release_s - carry.world_t_s);
    }
    // Figures go on from where they stand; their tasks shift into the past.
    for (size_t i = 0; i < stage.scene.figures.size(); ++i) {
        auto figure = std::make_shared<world::FigureModel>(*stage.scene.figures[i]);
        for (world::FigureTask& task : figure->tasks) {
            task.start_s -= carry.world_t_s;
            task.end_s -= carry.world_t_s;
            task.event_s -= carry.world_t_s;
        }
        stage.scene.figures[i] = figure;
    }
    for (const DrivenPath& path : carry.paths) {
        DrivenPath later{path.body, {}, {}, {}};
        later.pose = [pose = path.pose, elapsed = carry.world_t_s](double t_s) {
            return pose(t_s + elapsed);
        };
        if (path.limbs) {
            later.limbs = [limbs = path.limbs, elapsed = carry.world_t_s](double t_s) {
                return limbs(t_s + elapsed);
            };
        }
        if (path.steps) {
            later.steps = [steps = path.steps, elapsed = carry.world_t_s](double after_s,
                                                                          double until_s) {
                auto events = steps(after_s + elapsed, until_s + elapsed);
                for (world::Event& e : events) e.t_s -= elapsed;
                return events;
            };
        }
        stage.paths.push_back(std::move(later));
    }
    for (size_t i = 0; i < stage.players.size() && i < carry.players.size(); ++i) {
        Player& player = stage.players[i];
        player.bodies = carry.players[i].bodies;
        player.figures = carry.players[i].figures;
        player.cloths = carry.players[i].cloths;
        player.placed = player.carried =
            !player.bodies.empty() || !player.figures.empty() || !player.cloths.empty();
    }
}

std::string end_state_json(const script::ShotList& list, int shot_index, const Carry& carry,
                           bool in_picture) {
    Json bodies = Json::array();
    for (size_t i = 0; i < carry.scene.bodies.size() && i < carry.snapshot.bodies.size(); ++i) {
        const world::Body& body = carry.scene.bodies[i];
        if (body.motion == world::Motion::Static) continue;
        const world::BodyState& state = carry.snapshot.bodies[i];
        bodies.push_back({{"name", body.name},
                          {"position_m", to_json(state.pose.translation)},
                          {"rotation_xyzw", to_json(state.pose.rotation)},
                          {"velocity_mps", to_json(state.velocity_mps)},
                          {"angular_velocity_radps", to_json(state.angular_velocity_radps)},
                          {"visible", state.visible},
                          {"asleep", state.asleep}});
    }
    Json state = {{"schema", "aozora-state/1"},
                  {"shot", shot_index},
                  {"world_t_s", carry.world_t_s},
                  {"shots", script::to_json(list)},
                  {"bodies", bodies}};
    if (in_picture) state["in_picture"] = true;
    return state.dump();
}

base::Result<Carry> carry_from_json(const std::string& text, const script::ShotList& list) {
    const Json state = TRY(base::parse_json(text, "state"));
    if (!state.is_object() || state.value("schema", "") != "aozora-state/1") {
        return base::usage_error("not a state of a film (schema \"aozora-state/1\" is missing)",
                                 "state");
    }
    try {
        if (state.value("in_picture", false)) {
            return base::usage_error(
                "this film played in a picture, which its state does not hold; make a new film "
                "from "
                "its last frame (--image) instead",
                "state");
        }
        const script::ShotList before =
            TRY(script::parse_shot_list(state.at("shots").dump(), "state"));
        const int shot = state.at("shot").get<int>();
        if (shot < 0 || shot >= static_cast<int>(before.shots.size())) {
            return base::usage_error("the shot that it ended with is missing", "state:/shot");
        }
        ShotStage stage = TRY(stage_shot(before, shot, nullptr, {}));
        Carry carry;
        carry.scene = stage.scene;
        carry.world_t_s = state.at("world_t_s").get<double>();
        carry.snapshot.bodies.resize(carry.scene.bodies.size());
        for (size_t i = 0; i < carry.scene.bodies.size(); ++i) {
            carry.snapshot.bodies[i].pose = carry.scene.bodies[i].pose;
            carry.snapshot.bodies[i].visible = !carry.scene.bodies[i].hidden;
        }
        for (const Json& entry : state.at("bodies")) {
            const std::string name = entry.at("name").get<std::string>();
            for (size_t i = 0; i < carry.scene.bodies.size(); ++i) {
                if (carry.scene.bodies[i].name != name) continue;
                world::BodyState& s = carry.snapshot.bodies[i];
                s.pose = {vec_from(entry.at("position_m")), quat_from(entry.at("rotation_xyzw"))};
                s.velocity_mps = vec_from(entry.at("velocity_mps"));
                s.angular_velocity_radps = vec_from(entry.at("angular_velocity_radps"));
                s.visible = entry.at("visible").get<bool>();
                s.asleep = entry.at("asleep").get<bool>();
                break;
            }
        }
        // Cast members meet again by id.
        carry.players.resize(list.cast.size());
        for (size_t i = 0; i < list.cast.size(); ++i) {
            for (const Player& player : stage.players) {
                if (player.member->id == list.cast[i].id) {
                    carry.players[i] = player;
                    carry.players[i].member = &list.cast[i];
                }
            }
        }
        return carry;
    } catch (const Json::exception& error) {
        return base::usage_error(std::string("a damaged state: ") + error.what(), "state");
    }
}

}  // namespace studio
