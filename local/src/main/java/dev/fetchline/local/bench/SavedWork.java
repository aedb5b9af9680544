package dev.fetchline.local.bench;

/// What one work gave, with when and where: works that are measured apart are saved beside each other.
///
/// @param date of the measurement, ISO 8601
/// @param machine that it ran on
record SavedWork(String date, String machine, WorkResult result) {}
