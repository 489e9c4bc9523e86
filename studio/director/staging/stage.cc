#include "studio/director/staging/stage.h"

#include <algorithm>

#include "studio/director/actions/action.h"
#include "studio/director/staging/assemblies.h"
#include "studio/director/staging/built.h"
#include "studio/director/staging/carry.h"
#include "studio/director/staging/cast.h"
#include "studio/director/staging/holding.h"
#include "studio/director/staging/picture_set.h"
#include "studio/director/staging/promises.h"
#include "world/break/fracture.h"

namespace studio {
namespace {

std::string time_word(script::TimeOfDay time) {
    switch (time) {
        case script::TimeOfDay::Unset: return "";
        case script::TimeOfDay::Dawn: return "dawn";
        case script::TimeOfDay::Day: return "day";
        case script::TimeOfDay::Sunset: return "sunset";
        case script::TimeOfDay::Night: return "night";
    }
    return "";
}

std::string weather_word(script::Weather weather) {
    switch (weather) {
        case script::Weather::Unset: return "";
        case script::Weather::Clear: return "clear";
        case script::Weather::Cloudy: return "cloudy";
        case script::Weather::Rain: return "rain";
        case script::Weather::Snow: return "snow";
        case script::Weather::Fog: return "fog";
        case script::Weather::Wind: return "wind";
    }
    return "";
}

void set_gravity(const script::Place& place, world::Scene& scene) {
    if (place.gravity == "moon" || place.set == "moon") {
        scene.gravity_mps2 = {0, 0, -world::kMoonGravity};
        scene.air_density_kgpm3 = 0;
    } else if (place.gravity == "zero") {
        scene.gravity_mps2 = {};
    }
    if (place.weather == script::Weather::Wind) scene.wind_mps = {4, 1, 0};
}

// A camera overhead would look at the lamp: a crew takes it down and leaves its light.
void clear_view_from_above(ShotStage& stage) {
    const world::Anchor* anchor = stage.set.anchor("stage");
    const base::Vec3 middle = anchor != nullptr ? anchor->pose.translation : base::Vec3{};
    constexpr double kReach_m = 3, kAbove_m = 0.45;
    std::erase_if(stage.scene.bodies, [&](const world::Body& body) {
        if (body.set_part == "ceiling" || body.set_part == "wall" || body.set_part == "floor")
            return false;
        const base::Bounds placed = box_of(body);
        const base::Vec3 centre = placed.centre();
        return placed.low.z > middle.z + kAbove_m &&
               std::hypot(centre.x - middle.x, centre.y - middle.y) < kReach_m;
    });
    for (world::Lamp& lamp : stage.set.lamps) {
        const base::Vec3 place = lamp.pose.translation;
        if (std::hypot(place.x - middle.x, place.y - middle.y) < kReach_m) lamp.invisible = true;
    }
}

// What follows by itself from what was staged: "rolls off the table and falls", "jumps into the
// lake and splashes". Staging it again would take the thing back to its start.
bool follows_by_itself(Workshop& shop, const script::Action& action, size_t index) {
    static constexpr std::string_view kFollow[] = {"drop", "fall", "land",  "bounce", "splash",
                                                   "sink", "rest", "crash", "rebound"};
    static constexpr std::string_view kStart[] = {
        "drop",   "fall", "throw", "kick",   "hit", "roll", "slide", "push",   "jump", "dive",
        "launch", "flip", "swing", "bounce", "fly", "race", "drive", "topple", "bowl", "spin"};
    if (!action.object.empty() || action.height_m || action.times > 0) return false;
    if (!action.outcome.kind.empty() && action.outcome.kind != "breaks") return false;
    const Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty() || !player->placed) return false;
    if (std::find(std::begin(kFollow), std::end(kFollow), action.verb) == std::end(kFollow))
        return false;
    for (size_t i = 0; i < index; ++i) {
        const script::Action& before = shop.shot().actions[i];
        if (before.subject != action.subject && before.object != action.subject) continue;
        if (std::find(std::begin(kStart), std::end(kStart), before.verb) != std::end(kStart))
            return true;
    }
    return false;
}

void stage_actions(Workshop& shop) {
    double previous_start = 0, previous_end = 0;
    bool first = true;
    size_t index = 0;
    for (const script::Action& action : shop.shot().actions) {
        const double start = action.after_previous && !first ? previous_end : previous_start;
        shop.set_start_s(start);
        if (follows_by_itself(shop, action, index++)) {
            for (const world::BodyIndex body : shop.player(action.subject)->bodies) {
                shop.watch(body);
                if (action.outcome.kind == "breaks") shop.make_breakable(body);
            }
            continue;
        }
        const ActionFunction stage_action = find_action_staging(action.verb);
        if (stage_action == nullptr) {
            shop.left_out(action.verb);
            continue;
        }
        const double end_before = shop.end_s();
        stage_action(shop, action);
        previous_start = start;
        previous_end =
            std::max(start + 0.5, shop.end_s() > end_before ? shop.end_s() : start + 1.5);
        first = false;
    }
}

// Small things that only stand, swing or spin belong on a table where there is one.
void choose_surface(Workshop& shop) {
    constexpr double kSmall_m = 0.45;
    bool any = false;
    for (const Player& player : shop.stage().players) {
        if (!player.figures.empty() || !player.cloths.empty()) return;
        for (const world::BodyIndex body : player.bodies) {
            any = true;
            const base::Vec3 size = shop.body(body).shape->bounds.size();
            if (std::max({size.x, size.y, size.z}) > kSmall_m) return;
        }
    }
    const bool falls = std::any_of(
        shop.shot().actions.begin(), shop.shot().actions.end(), [](const script::Action& a) {
            return a.verb == "drop" || a.verb == "fall" || a.verb == "bounce" ||
                   a.verb == "throw" || a.verb == "slide" || a.verb == "roll" ||
                   a.target == "floor" || a.target == "stairs" || a.target == "water";
        });
    if (!any || falls) return;
    for (const char* name : {"table_top", "counter_top"}) {
        if (const auto table = shop.surface_named(name)) {
            shop.use_surface(*table);
            return;
        }
    }
}

// Whatever no action has placed stands where it usually stands, settled.
void place_the_rest(Workshop& shop) {
    for (Player& player : shop.stage().players) {
        if (player.placed || player.carried || (player.bodies.empty() && player.figures.empty())) {
            continue;
        }
        if (is_assembly(player.member->kind) && !player.bodies.empty()) {
            for (const world::BodyIndex body : assemble(shop, player)) shop.watch(body, 0.7);
        } else {
            place_still(shop, player);
        }
    }
}

// Speakers move their mouths and, when they have nothing else to do, their hands.
void give_lines(Workshop& shop, const std::vector<SpokenLine>& lines) {
    const double scale = shop.shot().time_scale;
    for (const SpokenLine& line : lines) {
        Player* player = shop.player(line.speaker);
        if (player == nullptr || player->figures.empty()) continue;
        const int index = player->figures.front();
        for (const auto& [t, viseme] : line.visemes) {
            shop.figure(index).visemes.emplace_back((line.start_s + t) * scale, viseme);
        }
        auto& tasks = shop.figure(index).tasks;
        const bool idle =
            std::all_of(tasks.begin(), tasks.end(), [](const world::FigureTask& task) {
                return task.clip == "stand" || task.clip == "talk";
            });
        if (idle) {
            if (tasks.size() == 1 && tasks.front().clip == "stand")
                tasks.front().end_s = line.start_s * scale;
            tasks.push_back({"talk",
                             line.start_s * scale,
                             (line.start_s + line.seconds) * scale,
                             {},
                             {},
                             {},
                             0});
        }
        shop.watch_figure(index);
    }
}

// Shards are cut when everything stands where it will be.
void prepare_breakables(Workshop& shop) {
    const auto count = static_cast<world::BodyIndex>(shop.scene().bodies.size());
    for (world::BodyIndex i = 0; i < count; ++i) {
        const world::Body& body = shop.body(i);
        if (!body.breakable || !body.shards.empty()) continue;
        const double size = base::length(body.shape->bounds.size());
        const int pieces = std::clamp(static_cast<int>(80 * size), 18, 48);
        world::make_breakable(shop.scene(), i, pieces, base::hash_combine(shop.scene().seed, i));
    }
}

// A film without a named subject looks at its whole cast.
void ensure_interest(Workshop& shop) {
    if (!shop.stage().interest.empty()) return;
    for (const Player& player : shop.stage().players) {
        for (const world::BodyIndex body : player.bodies) shop.watch(body, 0.5);
        for (const int figure : player.figures) shop.watch_figure(figure, 0.8);
    }
    if (shop.stage().interest.empty()) shop.watch_point(shop.surface().centre, 1.5, 0.3);
}

}  // namespace

base::Result<ShotStage> stage_shot(const script::ShotList& list, int shot_index, const Carry* carry,
                                   const std::vector<double>& solution,
                                   const std::vector<SpokenLine>& lines, bool in_picture) {
    const script::Shot& shot = list.shots[shot_index];
    ShotStage stage;
    world::SetOptions options;
    options.floor = shot.place.floor;
    options.wall = shot.place.wall;
    options.time = time_word(shot.place.time);
    options.weather = weather_word(shot.place.weather);
    options.seed = base::hash_combine(list.seed, base::hash_text(shot.place.set));
    const auto set = built_set(shot.place.set, options);
    if (set == nullptr) {
        return base::usage_error("there is no set called \"" + shot.place.set + "\"",
                                 "/shots/" + std::to_string(shot_index) + "/place/set");
    }
    stage.set = in_picture ? picture_set(*set, options) : *set;
    stage.players.resize(list.cast.size());
    for (size_t i = 0; i < list.cast.size(); ++i) stage.players[i].member = &list.cast[i];
    stage.scene.seed = base::hash_combine(list.seed, static_cast<uint64_t>(shot_index));

    if (carry != nullptr) {
        continue_world(*carry, stage);
    } else {
        set_gravity(shot.place, stage.scene);
        stage.scene.bodies = stage.set.bodies;
        stage.scene.gates = stage.set.gates;
        stage.scene.water = stage.set.water;
    }

    if (carry == nullptr && shot.camera.framing == script::Framing::Top)
        clear_view_from_above(stage);
    Workshop shop(list, shot_index, stage, solution);
    const size_t bodies_before = stage.scene.bodies.size();
    const world::Scene went_on = carry != nullptr ? stage.scene : world::Scene();
    // Staging writes into people's models: those of the scene before stay as they were.
    for (auto& figure : stage.scene.figures) figure = std::make_shared<world::FigureModel>(*figure);
    TRY(bring_cast(shop));
    choose_surface(shop);
    const bool only_watches =
        std::all_of(shot.actions.begin(), shot.actions.end(),
                    [](const script::Action& a) { return a.verb == "rest" || a.verb == "look"; });
    if (carry != nullptr && stage.scene.bodies.size() == bodies_before && only_watches) {
        stage.same_world = true;
    }
    // Subjects of actions come first: they own the middle of the stage.
    stage_actions(shop);
    place_the_rest(shop);
    if (carry == nullptr) want_what_was_promised(shop);
    give_lines(shop, lines);
    fill_hands(shop);
    ensure_interest(shop);
    if (carry != nullptr && keeps_going(shot)) keep_everything_going(went_on, stage);
    prepare_breakables(shop);
    return stage;
}

}  // namespace studio
