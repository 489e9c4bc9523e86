#include "script/writer/casting_rules.h"

#include "base/text/text.h"

namespace script {
namespace {

bool one_of(std::string_view word, std::string_view words) {
    for (const std::string& one : base::split(words, ' ')) {
        if (one == word) return true;
    }
    return false;
}

constexpr std::string_view kWheeled =
    "car truck bus van taxi racing_car tractor motorcycle bicycle train tram skateboard scooter "
    "shopping_cart wheelbarrow toy_car toy_train bulldozer";
constexpr std::string_view kFloating = "boat sailboat ship submarine canoe paper_boat rubber_duck";
constexpr std::string_view kFlying =
    "airplane helicopter rocket spaceship ufo drone hot_air_balloon paper_airplane kite balloon "
    "frisbee boomerang bird eagle seagull owl parrot butterfly bee dragon";
constexpr std::string_view kRolling =
    "sphere cylinder wheel barrel coin ring disc pipe log torus hemisphere can bottle orange apple "
    "egg watermelon pumpkin coconut bubble pearl gear boulder lemon tomato walnut donut cheese "
    "pencil "
    "rolling_pin bucket globe melon spring slinky jar";
constexpr std::string_view kStanding =
    "tree palm_tree pine_tree column tower skyscraper statue ladder bookcase street_lamp "
    "lighthouse "
    "grandfather_clock cupboard fridge candle bottle signpost mannequin floor_lamp bowling_pin "
    "traffic_cone windmill chess_piece cactus";

}  // namespace

std::string verb_for_subject(const Action& action, const Noun* doer, Arrangement formation,
                             std::string_view base, bool has_object) {
    const std::string& verb = action.verb;
    if (doer == nullptr) return verb;
    const bool goes = verb == "run" || verb == "walk" || verb == "race" || verb == "crawl";
    const bool round = doer->category == "ball" || one_of(doer->kind, kRolling);
    if (goes && !is_animate(*doer)) {
        if (one_of(doer->kind, kWheeled)) return verb == "race" ? verb : "drive";
        if (one_of(doer->kind, kFloating)) return "float";
        if (one_of(doer->kind, kFlying)) return "fly";
        if (round) return "roll";
        if (doer->category == "person") return verb;  // statues and snowmen may walk in a film
        return "slide";
    }
    // "moves": as such a thing does.
    if (base == "move" && verb == "push" && !has_object) {
        const std::string usual(usual_action(*doer, formation));
        if (usual != "rest" && usual != "stand" && usual != "topple") return usual;
        if (is_animate(*doer)) return "walk";
        return one_of(doer->kind, kWheeled) ? "drive" : round ? "roll" : "slide";
    }
    // A hare that hops goes on hopping; "leaps" and "hops over a log" are one jump.
    if (verb == "jump" && doer->category == "animal" && (base == "hop" || base == "bound") &&
        !has_object &&
        (action.path.empty() || one_of(action.path, "across along through around"))) {
        return "run";
    }
    if (verb == "fall" && base == "slip" && is_animate(*doer)) return "fall_over";
    if (verb == "jump" && !is_animate(*doer) && doer->category == "ball") return "bounce";
    const bool falls =
        verb == "fall" || verb == "fall_over" || verb == "topple" || verb == "collapse";
    const bool free_fall = action.path == "off" || action.path == "from" || action.path == "into" ||
                           action.path == "down" || action.height_m;
    if (falls && doer->kind == "domino" && !free_fall) return "topple";
    const bool built = formation == Arrangement::Tower || formation == Arrangement::Stack ||
                       formation == Arrangement::Wall || formation == Arrangement::Pyramid ||
                       doer->kind == "house_of_cards";
    if (falls && built && !free_fall) return "collapse";
    if (verb == "fall" && one_of(doer->kind, kStanding) && action.path.empty() &&
        !action.height_m && doer->size_m > 0.8) {
        return "topple";
    }
    if (verb == "balance" && (base == "wobble" || base == "totter" || base == "teeter") &&
        !is_animate(*doer) && doer->category != "person") {
        return "rock";
    }
    if (verb == "fall_over" && !is_animate(*doer)) return "topple";
    if (verb == "swim" && one_of(doer->kind, kFloating)) return "float";
    if (verb == "drive" && one_of(doer->kind, "boat sailboat ship canoe submarine") &&
        !has_object) {
        return "float";
    }
    if (verb == "sit" && !is_animate(*doer)) return "rest";
    if (verb == "dance" && !is_animate(*doer) && doer->category != "person" &&
        doer->category != "toy") {
        return "spin";
    }
    if (verb == "swing" && doer->kind == "windmill") return "turn";
    if (verb == "slide" && base == "drift" && one_of(doer->kind, kFlying)) return "float";
    if (verb == "slide" && base == "glide" && one_of(doer->kind, kFlying)) return "fly";
    if (verb == "slide" && base == "slip" && doer->category == "person") return "fall_over";
    // "knocks a vase off a shelf" pushes it.
    if (verb == "hit" && has_object &&
        (base == "knock" || base == "tap" || base == "bump" || base == "pat") &&
        (action.path == "off" || action.path == "from")) {
        return "push";
    }
    return verb;
}

std::string_view usual_action(const Noun& noun, Arrangement formation) {
    if (noun.kind == "newtons_cradle" || noun.kind == "pendulum" || noun.kind == "swing" ||
        noun.kind == "wrecking_ball" || noun.kind == "grandfather_clock" || noun.kind == "seesaw") {
        return "swing";
    }
    if (noun.kind == "domino" && formation != Arrangement::Auto) return "topple";
    if (one_of(noun.kind, "windmill pinwheel globe")) return "turn";
    if (one_of(noun.kind, "spinning_top record gear")) return "spin";
    if (one_of(noun.kind,
               "kite airplane helicopter drone bird eagle seagull owl parrot butterfly bee "
               "dragon spaceship ufo paper_airplane rocket")) {
        return "fly";
    }
    if (one_of(noun.kind,
               "balloon hot_air_balloon bubble cloud boat sailboat ship canoe paper_boat "
               "rubber_duck swan iceberg")) {
        return "float";
    }
    if (one_of(noun.kind, "fish shark whale dolphin octopus submarine")) return "swim";
    if (one_of(noun.kind,
               "car truck bus van taxi racing_car tractor motorcycle bicycle train tram")) {
        return "drive";
    }
    if (one_of(noun.kind, "snowflake leaf feather")) return "flutter";
    if (one_of(noun.kind, "flag curtain")) return "blow";
    if (noun.category == "person") return "stand";
    if (noun.category == "animal") return "walk";
    return "rest";
}

}  // namespace script
