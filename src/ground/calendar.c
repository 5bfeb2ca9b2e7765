/* Calendar: days as numbers. Proleptic Gregorian calendar with astronomical years (0 is 1 BC).
 * The algorithms count from 0000-03-01, so that the leap day ends the year. */
#include "ground/times_priv.h"

enum { EPOCH = 719468, ERA_DAYS = 146097, ERA_YEARS = 400 };

static bool is_leap(int32_t year)
{
    return dgm_floor_mod(year, 4) == 0 &&
           (dgm_floor_mod(year, 100) != 0 || dgm_floor_mod(year, 400) == 0);
}

int32_t dgm_days_in_month(int32_t year, int32_t month)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int64_t dgm_day_number(int32_t year, int32_t month, int32_t day)
{
    int64_t from_march = (int64_t)year - (month <= 2);
    int64_t era = (from_march >= 0 ? from_march : from_march - (ERA_YEARS - 1)) / ERA_YEARS;
    int64_t year_of_era = from_march - era * ERA_YEARS;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH;
}

dgm_day dgm_day_of_number(int64_t number)
{
    int64_t shifted = number + EPOCH;
    int64_t era = (shifted >= 0 ? shifted : shifted - (ERA_DAYS - 1)) / ERA_DAYS;
    int64_t day_of_era = shifted - era * ERA_DAYS;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
    month = month < 10 ? month + 3 : month - 9;
    return (dgm_day){.year = (int32_t)(year_of_era + era * ERA_YEARS + (month <= 2)),
                     .month = (uint8_t)month,
                     .day = (uint8_t)day};
}

int32_t dgm_weekday_of(int64_t number)
{
    int64_t rest = (number + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int32_t)(rest < 0 ? rest + 7 : rest) + 1;
}
