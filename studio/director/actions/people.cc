// People act by clips of world/figure; what they hold is a free body the moment the hand opens.
#include <algorithm>
#include <map>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"
#include "studio/director/staging/holding.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

// Canonical action -> clip of world/figure. Absent: "talk" for speech, else "stand".
std::string clip_for(const std::string& verb) {
    static const std::map<std::string, std::string, std::less<>> clips = {
        {"walk", "walk"},     {"run", "run"},        {"race", "run"},    {"throw", "throw"},
        {"launch", "throw"},  {"jump", "jump"},      {"kick", "kick"},   {"spin", "spin"},
        {"turn", "spin"},     {"dance", "dance"},    {"wave", "wave"},   {"sit", "sit"},
        {"fall", "fall"},     {"fall_over", "fall"}, {"drop", "drop"},   {"tip", "fall"},
        {"collapse", "fall"}, {"topple", "fall"},    {"speak", "talk"},  {"clap", "clap"},
        {"bow", "bow"},       {"look", "look"},      {"catch", "catch"}, {"push", "push"},
        {"pull", "pull"},     {"hit", "hit"},        {"crash", "fall"},  {"knock_over", "push"},
        {"bowl", "bowl"},     {"break_shot", "cue"}, {"point", "point"}, {"cheer", "cheer"},
        {"lie", "lie"},       {"rest", "stand"},     {"crawl", "crawl"}, {"climb", "climb"},
        {"swim", "swim"},     {"skate", "skate"},    {"slide", "skate"}, {"dive", "jump"},
        {"drive", "sit"},     {"swing", "sit"},      {"float", "swim"},  {"roll", "fall"},
        {"flip", "jump"},     {"skip", "run"},       {"bounce", "jump"}, {"juggle", "juggle"},
        {"drag", "pull"},     {"lean", "stand"},     {"rock", "sit"},    {"break", "hit"},
        {"pour", "drop"},     {"blow", "look"},      {"land", "jump"},   {"fly", "jump"},
    };
    const auto found = clips.find(verb);
    std::string clip = found == clips.end() ? "stand" : found->second;
    const auto known = world::clip_names();
    if (std::find(known.begin(), known.end(), clip) == known.end()) clip = "stand";
    return clip;
}

// Faces so that both the person's front and what it acts upon are seen: a little toward camera.
double facing(Vec3 from, Vec3 to) { return std::atan2(to.y - from.y, to.x - from.x); }

void put(Workshop& shop, int index, Vec3 place, double yaw) {
    shop.figure(index).place = {place, Quat::from_axis_angle({0, 0, 1}, yaw)};
}

Vec3 find_goal(Workshop& shop, const std::string& name, Vec3 otherwise) {
    if (Player* target = shop.player(name); target != nullptr) {
        if (!target->placed) place_still(shop, *target);
        if (!target->bodies.empty()) {
            const world::Body& b = shop.body(target->bodies.front());
            return b.pose.apply(b.shape->bounds.centre());
        }
        if (!target->figures.empty()) return shop.figure(target->figures.front()).place.translation;
    }
    if (const auto named = shop.surface_named(name)) return named->centre;
    if (const BodyIndex part = shop.set_body(name); part != world::kNoBody) {
        const world::Body& b = shop.body(part);
        return b.pose.apply(b.shape->bounds.centre());
    }
    return otherwise;
}

bool travels(const std::string& clip) {
    return clip == "walk" || clip == "run" || clip == "skate" || clip == "crawl";
}

// What even a robot or a teapot does, rocking from side to side.
bool moves_as_a_whole(const std::string& verb) {
    return verb == "walk" || verb == "run" || verb == "race" || verb == "dance" ||
           verb == "crawl" || verb == "skip";
}

// Where a way to a place high above the floor ends: before its lowest step. Nothing for places that
// can be walked to.
std::optional<Vec3> foot_below(Workshop& shop, const std::string& name) {
    constexpr double kHigh_m = 0.6, kRun_per_rise = 1.9;
    const auto top = shop.surface_named(name);
    if (!top || top->part != "top_of_stairs") return {};
    const double floor = shop.surface().centre.z, rise = top->centre.z - floor;
    if (rise < kHigh_m) return {};
    Vec3 foot = top->centre + top->direction() * (kRun_per_rise * rise + 0.9);
    foot.z = floor;
    return foot;
}

// Where somebody starts who walks to a goal: to the left of it, or where a wall is near, to its
// right, a little nearer to the camera.
Vec3 way_to(Workshop& shop, Vec3 goal, double distance) {
    constexpr double kRoom_m = 0.6;
    const base::Bounds& room = shop.stage().set.camera_bounds;
    const double left = goal.x - room.low.x - kRoom_m, right = room.high.x - kRoom_m - goal.x;
    const bool from_left = left >= std::min(distance, 2.0) || left >= right;
    const double way = std::clamp(from_left ? left : right, 0.8, distance);
    return {goal.x + (from_left ? -way : way), goal.y - 0.4, goal.z};
}

// Does the figure drop something at that very time already ("a hammer and a feather")?
bool drops_at_once(const world::FigureModel& figure, const world::FigureTask& task) {
    return task.clip == "drop" && !figure.tasks.empty() && figure.tasks.back().clip == "drop" &&
           std::abs(figure.tasks.back().start_s - task.start_s) < 1e-6;
}

// Figure keeps still until the clip, and after it.
void frame_with_idle(Workshop& shop, int index, double start) {
    world::FigureModel& figure = shop.figure(index);
    if (figure.tasks.empty() && start > 0)
        figure.tasks.push_back({"stand", 0, start, {}, {}, {}, 0});
}

}  // namespace

void stage_person(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    // The doer may be the object ("the wind blows a woman over").
    if (Player* other = shop.player(action.object); other != nullptr && !other->figures.empty() &&
                                                    (player == nullptr || player->figures.empty()))
        player = other;
    if (player == nullptr) return;
    if (player->figures.empty()) {
        // The verb is a person's, the subject a thing or an animal.
        if (!player->bodies.empty() &&
            (is_animal(*player->member) || moves_as_a_whole(action.verb)))
            stage_animal_move(shop, action);
        else stage_still(shop, {.verb = "rest", .subject = player->member->id});
        return;
    }
    const std::string clip = clip_for(action.verb);
    const world::ClipTiming timing = world::clip_timing(clip);
    Player* thing = shop.player(action.object);
    if (thing == player) thing = nullptr;
    Player* tool = shop.player(action.instrument);
    if (tool != nullptr && (tool == thing || tool == player || tool->bodies.empty()))
        tool = nullptr;
    const bool fresh = !player->placed;
    player->placed = true;
    const Vec3 stage_centre = shop.surface().centre;
    int slot = 0;
    for (const int index : player->figures) {
        const double lead = 0.35 + 0.13 * slot;
        const double start = shop.start_s() + lead;
        Vec3 place = shop.figure(index).place.translation;
        double yaw = -base::kPi / 2 + 0.3;
        world::FigureTask task;
        task.clip = clip;
        task.start_s = start;
        task.end_s = start + timing.length_s;
        task.event_s = start + timing.event_s;
        if (travels(clip)) {
            const double speed = action.speed_mps.value_or(clip == "run"     ? 3.2
                                                           : clip == "skate" ? 3.5
                                                           : clip == "crawl" ? 0.5
                                                                             : 1.3);
            const double length = std::max(1.0, shop.shot_world_s() - shop.start_s());
            const double distance =
                std::min(speed * length, 2.4 * std::max(2.5, shop.surface().radius_m));
            const bool has_goal = !action.target.empty();
            const auto foot = foot_below(shop, action.target);
            const Vec3 goal = foot       ? *foot
                              : has_goal ? find_goal(shop, action.target, stage_centre)
                                         : stage_centre + Vec3{0.5 * distance, 0, 0};
            if (foot && slot == 0) {
                shop.replaced(action.verb + " " + action.path + " the " + action.target,
                              "to the foot of it", "people go on level ground only");
            }
            if (fresh) {
                const double way = std::min(distance, foot ? 1.8 : 3.5);
                place = foot       ? goal + shop.surface_named(action.target)->direction() * way
                        : has_goal ? way_to(shop, goal, way)
                                   : stage_centre - Vec3{0.5 * distance, 0, 0};
                place.z = stage_centre.z;
                place.y += 0.9 * slot;
            }
            const double side = has_goal && place.x > goal.x ? 1 : -1;
            Vec3 to = goal + Vec3{has_goal ? 0.5 * side : 0, 0.9 * slot, 0};
            to.z = stage_centre.z;
            yaw = facing(place, to);
            task.to = to;
            task.speed = speed;
            task.start_s = fresh ? shop.start_s() : start;
            task.end_s = task.start_s + std::max(0.5, base::length(to - place) / speed);
        } else if (fresh) {
            place = shop.take_place(shop.surface(), 0.45);
        }
        if (thing != nullptr && !thing->bodies.empty()) {
            const BodyIndex object =
                thing->bodies[std::min<size_t>(slot, thing->bodies.size() - 1)];
            const std::string goal_name = !action.target.empty() ? action.target : std::string();
            if (clip == "throw" || clip == "drop" || clip == "catch" || clip == "juggle") {
                const Vec3 to = find_goal(
                    shop, goal_name,
                    place + Vec3{clip == "drop" ? 0.4 : action.distance_m.value_or(4.0), 0, 0});
                yaw = clip == "drop" ? -0.6 : facing(place, to);
                if (fresh && clip == "throw") place = place - Vec3{1.6, 0, 0};
                task.aim = to;
                std::string grip = "hand_r";
                if (drops_at_once(shop.figure(index), task)) {
                    // The second thing is in the other hand, and both hands open together.
                    shop.figure(index).tasks.back().clip = "drop_both";
                    grip = "hand_l";
                } else {
                    put(shop, index, place, yaw);
                    frame_with_idle(shop, index, task.start_s);
                    shop.add_task(index, task);
                }
                shop.hold(object, index, grip);
                thing->placed = true;
                const base::Transform hand =
                    world::joint_at(shop.figure(index), grip, task.event_s);
                world::Body& b = shop.body(object);
                b.release_s = task.event_s;
                if (clip == "throw") {
                    const double g = std::max(0.3, -shop.scene().gravity_mps2.z);
                    const double distance = base::length(to - hand.translation);
                    const double flight = action.speed_mps ? distance / *action.speed_mps
                                                           : std::clamp(distance / 8.0, 0.35, 1.2);
                    b.release_velocity_mps = ballistic_velocity(hand.translation, to, flight, g);
                    b.release_spin_radps = Vec3{0, -8, 0};
                    shop.watch_point(to, 0.4, 0.6);
                }
                if (shop.body(object).shape->hollow &&
                    (b.material == "glass" || b.material == "ceramic"))
                    shop.make_breakable(object);
                shop.watch(object, 0.9);
            } else {
                // Walks up to a thing and works on it.
                if (!thing->placed) place_still(shop, *thing);
                const world::Body& b = shop.body(object);
                const Vec3 middle = b.pose.apply(b.shape->bounds.centre());
                const double reach = shop.radius_of(object) + 0.55;
                place = Vec3{middle.x - reach, middle.y - 0.15, stage_centre.z};
                yaw = facing(place, middle);
                task.aim = middle;
                put(shop, index, place, yaw);
                frame_with_idle(shop, index, task.start_s);
                shop.add_task(index, task);
                if (clip == "push" || clip == "hit" || clip == "kick") {
                    world::Body& moved = shop.body(object);
                    moved.asleep = false;
                    moved.release_s = task.event_s;
                    moved.holder = "";
                    moved.held_by_figure = index;  // no joint: does not run into the leg again
                    const double speed = action.speed_mps.value_or(clip == "push" ? 1.0 : 3.0);
                    moved.release_velocity_mps = Vec3{std::cos(yaw), std::sin(yaw), 0} * speed;
                    moved.release_spin_radps =
                        shop.is_round(object)
                            ? base::cross(Vec3{0, 0, 1}, *moved.release_velocity_mps) /
                                  std::max(0.02, 0.5 * shop.height_of(object))
                            : Vec3{};
                    if (action.verb == "break") shop.make_breakable(object);
                }
                shop.watch(object, 0.8);
            }
            shop.watch_figure(index);
            shop.ends_at(task.event_s + 1.5);
            ++slot;
            continue;
        }
        if (tool != nullptr && !tool->placed) {
            take_in_hand(shop, *player, *tool);
        }
        if (!action.target.empty() && !travels(clip)) {
            const Vec3 to = find_goal(shop, action.target, place + Vec3{2, 0, 0});
            task.aim = to + Vec3{0, 0, 0.2};
            if (clip != "talk" && clip != "sit") yaw = facing(place, to);
        }
        if (clip == "spin") {
            task.end_s = std::max(task.end_s, shop.start_s() + shop.shot_world_s() - 0.6);
            if (action.speed_mps) task.speed = *action.speed_mps;
        }
        const bool goes_on = clip == "dance" || clip == "talk" || clip == "clap" ||
                             clip == "swim" || clip == "sit" || clip == "stand" ||
                             clip == "cheer" || clip == "wave" || clip == "juggle";
        if (goes_on) task.end_s = std::max(task.end_s, shop.start_s() + shop.shot_world_s());
        if (fresh) put(shop, index, place, yaw);
        frame_with_idle(shop, index, task.start_s);
        shop.add_task(index, task);
        shop.watch_figure(index);
        shop.ends_at(goes_on ? shop.start_s() + 1.5 : task.end_s + 0.3);
        ++slot;
    }
}

void stage_hold(Workshop& shop, const script::Action& action) {
    Player *holder = shop.player(action.subject), *thing = shop.player(action.object);
    if (holder == nullptr || holder->figures.empty()) return stage_still(shop, action);
    if (thing != nullptr && thing->held_by < 0 && !take_in_hand(shop, *holder, *thing)) {
        shop.replaced("holding " + thing->member->kind, "standing beside it",
                      "it is too large for one hand");
    }
    if (!action.target.empty() || !action.path.empty()) {
        // "carries a bag across the street"
        script::Action way = action;
        way.verb = "walk";
        way.object.clear();
        stage_person(shop, way);
        return;
    }
    for (const int index : holder->figures) shop.watch_figure(index);
    shop.ends_at(shop.start_s() + 0.6);
}

Player* things_or_person(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr) player = shop.player(action.object);
    if (player == nullptr) return nullptr;
    if (!player->figures.empty()) {
        stage_person(shop, action);
        return nullptr;
    }
    return player->bodies.empty() ? nullptr : player;
}

}  // namespace studio
