-- One sign-in that is over. The first reason stays.
update sessions set over = :over where key = :key and over is null
