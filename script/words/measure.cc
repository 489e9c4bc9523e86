#include "script/words/measure.h"

#include <iterator>

namespace script {
namespace {

struct UnitRow {
    std::string_view word;
    Quantity quantity;
    double si;
};

constexpr double kPi = 3.14159265358979323846;

// Exact by definition: foot 0.3048 m, pound 0.45359237 kg, mile 1609.344 m.
constexpr UnitRow kUnits[] = {
    {"m", Quantity::Length, 1},
    {"metre", Quantity::Length, 1},
    {"metres", Quantity::Length, 1},
    {"meter", Quantity::Length, 1},
    {"meters", Quantity::Length, 1},
    {"cm", Quantity::Length, 0.01},
    {"centimetre", Quantity::Length, 0.01},
    {"centimetres", Quantity::Length, 0.01},
    {"centimeter", Quantity::Length, 0.01},
    {"centimeters", Quantity::Length, 0.01},
    {"mm", Quantity::Length, 0.001},
    {"millimetre", Quantity::Length, 0.001},
    {"millimetres", Quantity::Length, 0.001},
    {"millimeter", Quantity::Length, 0.001},
    {"millimeters", Quantity::Length, 0.001},
    {"km", Quantity::Length, 1000},
    {"kilometre", Quantity::Length, 1000},
    {"kilometres", Quantity::Length, 1000},
    {"kilometer", Quantity::Length, 1000},
    {"kilometers", Quantity::Length, 1000},
    {"ft", Quantity::Length, 0.3048},
    {"foot", Quantity::Length, 0.3048},
    {"feet", Quantity::Length, 0.3048},
    {"inch", Quantity::Length, 0.0254},
    {"inches", Quantity::Length, 0.0254},
    {"yard", Quantity::Length, 0.9144},
    {"yards", Quantity::Length, 0.9144},
    {"mile", Quantity::Length, 1609.344},
    {"miles", Quantity::Length, 1609.344},
    {"storey", Quantity::Length, 3},
    {"storeys", Quantity::Length, 3},
    {"stories", Quantity::Length, 3},
    {"kg", Quantity::Mass, 1},
    {"kilo", Quantity::Mass, 1},
    {"kilos", Quantity::Mass, 1},
    {"kilogram", Quantity::Mass, 1},
    {"kilograms", Quantity::Mass, 1},
    {"kilogramme", Quantity::Mass, 1},
    {"kilogrammes", Quantity::Mass, 1},
    {"g", Quantity::Mass, 0.001},
    {"gram", Quantity::Mass, 0.001},
    {"grams", Quantity::Mass, 0.001},
    {"gramme", Quantity::Mass, 0.001},
    {"grammes", Quantity::Mass, 0.001},
    {"t", Quantity::Mass, 1000},
    {"ton", Quantity::Mass, 1000},
    {"tons", Quantity::Mass, 1000},
    {"tonne", Quantity::Mass, 1000},
    {"tonnes", Quantity::Mass, 1000},
    {"lb", Quantity::Mass, 0.45359237},
    {"lbs", Quantity::Mass, 0.45359237},
    {"pound", Quantity::Mass, 0.45359237},
    {"pounds", Quantity::Mass, 0.45359237},
    {"ounce", Quantity::Mass, 0.028349523125},
    {"ounces", Quantity::Mass, 0.028349523125},
    {"oz", Quantity::Mass, 0.028349523125},
    {"m/s", Quantity::Speed, 1},
    {"mps", Quantity::Speed, 1},
    {"km/h", Quantity::Speed, 1 / 3.6},
    {"kmh", Quantity::Speed, 1 / 3.6},
    {"kph", Quantity::Speed, 1 / 3.6},
    {"mph", Quantity::Speed, 0.44704},
    {"knots", Quantity::Speed, 1852.0 / 3600},
    {"ft/s", Quantity::Speed, 0.3048},
    {"cm/s", Quantity::Speed, 0.01},
    {"fps", Quantity::Speed, 0},
    {"degree", Quantity::Angle, 1},
    {"degrees", Quantity::Angle, 1},
    {"°", Quantity::Angle, 1},
    {"deg", Quantity::Angle, 1},
    {"radians", Quantity::Angle, 180 / kPi},
    {"s", Quantity::Time, 1},
    {"sec", Quantity::Time, 1},
    {"secs", Quantity::Time, 1},
    {"second", Quantity::Time, 1},
    {"seconds", Quantity::Time, 1},
    {"min", Quantity::Time, 60},
    {"mins", Quantity::Time, 60},
    {"minute", Quantity::Time, 60},
    {"minutes", Quantity::Time, 60},
    {"hour", Quantity::Time, 3600},
    {"hours", Quantity::Time, 3600},
    {"ms", Quantity::Time, 0.001},
    {"percent", Quantity::Percent, 0.01},
    {"%", Quantity::Percent, 0.01},
};

struct NumberRow {
    std::string_view word;
    double value;
};
constexpr NumberRow kNumbers[] = {
    {"zero", 0},      {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
    {"five", 5},      {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
    {"ten", 10},      {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
    {"fifteen", 15},  {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},   {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
    {"seventy", 70},  {"eighty", 80},  {"ninety", 90},    {"hundred", 100}, {"thousand", 1000},
    {"million", 1e6}, {"half", 0.5},   {"quarter", 0.25},
};

struct CountRow {
    std::string_view word;
    int value;
};
constexpr CountRow kCounts[] = {
    {"couple", 2},      {"pair", 2},        {"trio", 3},    {"few", 3},       {"some", 4},
    {"several", 5},     {"handful", 5},     {"dozen", 12},  {"many", 12},     {"lot", 15},
    {"lots", 15},       {"plenty", 15},     {"dozens", 30}, {"numerous", 12}, {"hundreds", 150},
    {"thousands", 200}, {"countless", 100}, {"various", 5}, {"bunch", 6},     {"group", 5},
    {"multiple", 4},    {"millions", 200},  {"loads", 20},  {"both", 2},
};
constexpr std::string_view kOrdinals[] = {"first", "second",  "third",  "fourth", "fifth",
                                          "sixth", "seventh", "eighth", "ninth",  "tenth"};

}  // namespace

std::optional<Unit> find_unit(std::string_view word) {
    for (const UnitRow& row : kUnits) {
        if (row.word == word && row.si > 0) return Unit{row.quantity, row.si};
    }
    return std::nullopt;
}

std::optional<double> find_number_word(std::string_view word) {
    for (const NumberRow& row : kNumbers) {
        if (row.word == word) return row.value;
    }
    return std::nullopt;
}

std::optional<int> find_count_word(std::string_view word) {
    for (const CountRow& row : kCounts) {
        if (row.word == word) return row.value;
    }
    return std::nullopt;
}

std::optional<int> find_ordinal(std::string_view word) {
    for (size_t i = 0; i < std::size(kOrdinals); ++i) {
        if (kOrdinals[i] == word) return static_cast<int>(i) + 1;
    }
    return std::nullopt;
}

std::optional<int> find_times_word(std::string_view word) {
    if (word == "once") return 1;
    if (word == "twice") return 2;
    if (word == "thrice") return 3;
    return std::nullopt;
}

std::vector<std::pair<std::string, int>> all_count_words() {
    std::vector<std::pair<std::string, int>> out;
    for (const CountRow& row : kCounts) out.emplace_back(row.word, row.value);
    return out;
}

std::vector<std::pair<std::string, Quantity>> all_units() {
    std::vector<std::pair<std::string, Quantity>> out;
    for (const UnitRow& row : kUnits) {
        if (row.si > 0) out.emplace_back(row.word, row.quantity);
    }
    return out;
}

}  // namespace script
